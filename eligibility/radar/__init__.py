"""The deadline radar: which statutory period runs, its last day, and what may still be done.

Nothing here decides that a right is lost; a period that has passed always comes with a way on.
"""

from eligibility.radar.answer import LastDay, last_day
from eligibility.radar.matching import Match, match
from eligibility.radar.periods import Period, shipped

__all__ = ["LastDay", "Match", "Period", "last_day", "match", "shipped"]
