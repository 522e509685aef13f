"""Change one rule at a time and see whether a case notices: run by hand, takes some minutes.

`.venv/bin/python tests/eligibility/mutations.py [NAME_PART]` copies the package, changes each
waiver, each case of Article 25 and each number in turn, and runs the cases. It prints every change
as noticed or UNNOTICED, and exits with 1 if one was not.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from eligibility.facts import GROUPS  # noqa: E402 (run as a script: the root must be found first)
from eligibility.matters import all_matters  # noqa: E402
from eligibility.parameters import shipped  # noqa: E402

ACCUSED = ("minor", "sensory_disability", "limited_recognition", "life_or_death", "in_absence")


@dataclass(frozen=True)
class Mutation:
    """A change of one file: the first match of `old` becomes `new`."""

    name: str
    path: str
    old: str
    new: str


def mutations() -> Iterator[Mutation]:
    """Yield every change."""
    yield from _waivers()
    yield from _matters()
    yield from _defence()
    yield from _numbers()
    yield from _joins()


def _waivers() -> Iterator[Mutation]:
    """Art. 42: each group in turn waives nothing; the worker's waiver reaches every matter."""
    old = re.escape("group for group in sorted(facts.groups) if")
    for group in GROUPS:
        new = f"group for group in sorted(facts.groups - {{'{group}'}}) if"
        yield Mutation(f"waiver {group} dropped", "assessment.py", old, new)
    yield Mutation(
        "waiver migrant_worker for every matter",
        "assessment.py",
        "matter is not None and matter.migrant_waiver",
        "matter is not None",
    )


def _matters() -> Iterator[Mutation]:
    """Art. 31, 32: each matter moves to another path; each question that exempts is dropped."""
    moved = {"hardship": "exempt", "exempt": "hardship", "outside": "hardship"}
    for matter in all_matters().values():
        if matter.basis in moved:
            old = f"(?s)(\n{matter.id}:.*?basis: ){matter.basis}"
            if matter.id == next(iter(all_matters())):
                old = f"(?s)({matter.id}:.*?basis: ){matter.basis}"
            new = rf"\g<1>{moved[matter.basis]}"
            yield Mutation(f"matter {matter.id} {moved[matter.basis]}", "matters.yml", old, new)
        for fact_id in matter.asks:
            old = rf"(?s)(\n{matter.id}:.*?asks: )\[{fact_id}\]"
            yield Mutation(f"matter {matter.id} asks nothing", "matters.yml", old, r"\g<1>[]")
        if matter.migrant_waiver:
            old = rf"(?s)({matter.id}:.*?migrant_waiver: )true"
            yield Mutation(f"matter {matter.id} no waiver", "matters.yml", old, r"\g<1>false")


def _defence() -> Iterator[Mutation]:
    """Art. 25, 28, 29: each case in turn appoints nobody; roles lose their right."""
    for case in ACCUSED:
        old = f'"{case}" in told'
        yield Mutation(f"case {case} dropped", "criminal.py", old, "False")
    changes = {
        "case death_penalty_review dropped": ('== "death_penalty_review",', '== "never",'),
        "a child is no minor": ('or facts.for_whom == "child"', ""),
        "treatment appoints nobody": ('("compulsory_treatment",), True', "(), False"),
        "means alone decide for the accused": ("True if hardship is True else None", "hardship"),
        "final judgments count as pending": ('== "final"', '== "never"'),
        "the victim's relatives may not apply": ('("accused", "victim")', '("accused",)'),
        "private prosecutors' relatives may apply": (
            '("accused", "victim")',
            '("accused", "victim", "private_prosecutor")',
        ),
    }
    for role in ("victim", "private_prosecutor", "civil_claimant"):
        pattern = rf'(VICTIMS_SIDE = \(.*)"{role}"'
        yield Mutation(f"role {role} dropped", "criminal.py", pattern, r'\g<1>"nobody"')
    for name, (old, new) in changes.items():
        yield Mutation(name, "criminal.py", re.escape(old), new)


def _numbers() -> Iterator[Mutation]:
    """Every number of the law one more and one less, and the Act a day later."""
    for name, parameter in shipped().by_name.items():
        number = parameter.values[0].value
        if isinstance(number, bool) or not isinstance(number, int):
            continue
        for other in (number - 1, number + 1):
            path = f"parameters/{name}.yml"
            old, new = f"value: {number}\n", f"value: {other}\n"
            yield Mutation(f"{name} {number} -> {other}", path, old, new)
    for day in ("2021-12-31", "2022-01-02"):
        path = "parameters/in_force.yml"
        yield Mutation(f"in force from {day}", path, "from: 2022-01-01", f"from: {day}")


JOINS = {
    "assessment.py": {
        "the standard excludes its own figure": ("income <= standard", "income < standard"),
        "an income over the standard closes all": ("False and exemptions", "False"),
        "waived persons are asked again": ("facts.hardship_self_assessment is False", "False"),
        "an agent closes Art. 32": ("None if self.exempt and", "False if self.exempt and"),
        "added matters hold elsewhere": (
            "parameters.value(name, on) if _local(facts) else None",
            "parameters.value(name, on)",
        ),
        "a retrial opens nothing": ('== "retrial" if', '== "never" if'),
    },
    "deadlines.py": {
        "the last day of seven is near": ("0 <= days < limit", "0 <= days <= limit"),
        "a passed period is near": ("0 <= days < limit", "days < limit"),
    },
    "remedies.py": {"the last day has passed": ("on > last_day", "on >= last_day")},
    "counting.py": {
        "the first day is counted": ("days=days)", "days=days - 1)"),
        "months overflow": ("monthrange(year, month)[1]", "27"),
    },
}


def _joins() -> Iterator[Mutation]:
    """How conditions are joined and how days are compared."""
    for path, changes in JOINS.items():
        for name, (old, new) in changes.items():
            yield Mutation(name, path, re.escape(old), new)


def noticed(mutation: Mutation) -> bool:
    """Return whether a case fails after a change; a crash is no notice.

    Raises:
        LookupError: the text to change is not there any more.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "eligibility", copy / "eligibility")
        shutil.copytree(ROOT / "tests" / "eligibility" / "cases", copy / "tests/eligibility/cases")
        path = copy / "eligibility" / mutation.path
        changed, count = re.subn(mutation.old, mutation.new, path.read_text("utf-8"), count=1)
        if not count:
            raise LookupError(f"{mutation.name}: {mutation.old} is not in {mutation.path}")
        path.write_text(changed, encoding="utf-8")
        command = [sys.executable, "-m", "eligibility", "cases"]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
        return re.search(r", [1-9]\d* missed", done.stdout) is not None


def main() -> int:
    """Print every change and whether it was noticed; 1 if one was not."""
    part = sys.argv[1] if len(sys.argv) > 1 else ""
    left = 0
    for mutation in mutations():
        if part in mutation.name:
            seen = noticed(mutation)
            left += not seen
            print(f"{'noticed  ' if seen else 'UNNOTICED'} {mutation.name}", flush=True)
    print(f"{left} unnoticed")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
