"""The Chinese Legal Aid Act as code and data: who may get aid, with what papers, where and when.

`screen` gives a first look in three states, `next_question` and `parse_answer` lead the interview,
`remedy` tells what can be done after a refusal, silence or termination.
Nothing here decides: the legal aid institution does (Art. 43). The date is always an argument.
"""

from eligibility.answers import parse_answer, says_unknown
from eligibility.days_left import days_said
from eligibility.errors import DataError, EligibilityError, FactError, NotInForceError
from eligibility.facts import UNKNOWN, Facts
from eligibility.matters import all_matters
from eligibility.questions import Option, Question, labels, next_question, question
from eligibility.remedies import remedy
from eligibility.remedy_result import Remedy, Step
from eligibility.result import Deadline, Document, Office, Reason, Screening
from eligibility.screening import screen, spared
from eligibility.setback_questions import DayQuestion, setback_questions
from eligibility.setbacks import Setback

__all__ = [
    "UNKNOWN",
    "DataError",
    "DayQuestion",
    "Deadline",
    "Document",
    "EligibilityError",
    "FactError",
    "Facts",
    "NotInForceError",
    "Office",
    "Option",
    "Question",
    "Reason",
    "Remedy",
    "Screening",
    "Setback",
    "Step",
    "all_matters",
    "days_said",
    "labels",
    "next_question",
    "parse_answer",
    "question",
    "remedy",
    "says_unknown",
    "screen",
    "setback_questions",
    "spared",
]
