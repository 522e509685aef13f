"""Who may apply for somebody else (Art. 40, and Art. 24, 29 and 33 for close relatives)."""

from __future__ import annotations

from eligibility.assessment import Assessment
from eligibility.criminal import relatives_may_apply
from eligibility.facts import UNKNOWN, Facts
from eligibility.result import Reason
from eligibility.sentences import say


def representation(facts: Facts, assessment: Assessment) -> list[Reason]:
    """Return who may apply for the person; nothing where the person asks for themself."""
    own_right = assessment.retrial is True or (assessment.criminal and relatives_may_apply(facts))
    relative_may = own_right and facts.for_whom == "relative"
    if facts.for_whom in (None, UNKNOWN, "self"):
        return []
    if relative_may:
        return [say("representation_detained")] if facts.detained else []
    key = facts.for_whom or ""
    if key == "relative":
        key = "relative_open" if not facts.known("represented") else facts.represented or ""
    told = [say(f"representation_{key}")]
    if facts.wrongdoer_is_guardian is True and key in ("child", "incapable"):
        told.append(say("guardian_wrongdoer"))
    return told
