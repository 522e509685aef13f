"""After an application is handed in, the Act's own clocks run."""

from datetime import date, timedelta

from aid import clocks, regions
from eligibility.parameters import shipped


def test_the_decision_is_due_after_the_days_of_the_act_and_the_lawyer_after_the_decision() -> None:
    day = date(2026, 11, 20)
    decide, assign = clocks(day)
    days = [shipped().number(name, day) for name in ("decision_days", "assignment_days")]
    assert decide[1] == day + timedelta(days=float(days[0] or 0))
    assert assign[1] == decide[1] + timedelta(days=float(days[1] or 0))
    assert decide[2] == assign[2] == "《法律援助法》第四十三条"


def test_regions_have_the_names_of_the_interview() -> None:
    assert regions()["chifeng"] == "赤峰市"
