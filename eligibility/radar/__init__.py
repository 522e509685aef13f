"""The deadline radar: which statutory period runs, its last day, and what may still be done.

Nothing here decides that a right is lost; a period that has passed always comes with a way on.
"""

from eligibility.radar.answer import LastDay, last_day, ways_left
from eligibility.radar.asking import asks_about_a_period, denies_a_period, others_meant, picked
from eligibility.radar.matching import Match, match, names_its_field
from eligibility.radar.periods import Period, shipped
from eligibility.radar.start import Start, hearing_day, start_in, start_of, tells_a_hearing
from eligibility.radar.wording import unit_words, written
from eligibility.radar.workdays import add_working, previous_working

__all__ = [
    "LastDay",
    "Match",
    "Period",
    "Start",
    "add_working",
    "asks_about_a_period",
    "denies_a_period",
    "hearing_day",
    "last_day",
    "match",
    "names_its_field",
    "others_meant",
    "picked",
    "previous_working",
    "shipped",
    "start_in",
    "start_of",
    "tells_a_hearing",
    "unit_words",
    "ways_left",
    "written",
]
