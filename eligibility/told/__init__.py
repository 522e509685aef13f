"""What a text tells besides its question: amounts, days, how long, where, who, and the matter.

Nothing here decides anything: it is shown to people and to lawyers, in the words it was said in.
"""

from eligibility.told.durations import Duration, durations_in
from eligibility.told.reading import KINDS, Told, county_in, told_in
from eligibility.told.wages import Wage, wages_in
from eligibility.told.words import plain

__all__ = [
    "KINDS",
    "Duration",
    "Told",
    "Wage",
    "county_in",
    "durations_in",
    "plain",
    "told_in",
    "wages_in",
]
