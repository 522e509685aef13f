"""What to bring: identity, Art. 40 representation, the matter's papers, Art. 41 or 42 proof."""

from __future__ import annotations

from eligibility.assessment import Assessment
from eligibility.criminal import is_victims_side, relatives_may_apply
from eligibility.facts import UNKNOWN, Facts
from eligibility.result import Document
from eligibility.sentences import all_sentences, say


def documents(facts: Facts, assessment: Assessment, deadline_near: bool) -> tuple[Document, ...]:
    """Return the papers for this request, each with the article that asks for it, if one does."""
    ids = ["identity", "application", *_representation(facts)]
    papers = [
        Document("matter_papers", text, None)
        for text in (assessment.matter.papers if assessment.matter else ())
    ]
    later = [*_path_proof(facts, assessment), *_hardship(facts, assessment)]
    if deadline_near:
        later.append("time_limit")
    return (*map(_document, ids), *papers, *map(_document, later))


def _document(document_id: str) -> Document:
    sentence = say(f"document_{document_id}")
    return Document(document_id, sentence.text, sentence.reference)


def _representation(facts: Facts) -> list[str]:
    """Art. 40."""
    if facts.for_whom == "child":
        ids = ["representation_child"]
    elif facts.for_whom == "relative" and facts.represented in ("incapable", "detained"):
        ids = [f"representation_{facts.represented}"]
    elif facts.for_whom == "relative" and relatives_may_apply(facts):
        ids = ["near_relative"]
    else:
        return []
    return [*ids, "guardian_wrongdoer"] if facts.wrongdoer_is_guardian is True else ids


def _path_proof(facts: Facts, assessment: Assessment) -> list[str]:
    """Art. 25, 32 and 33: what shows that the special case holds."""
    asks = assessment.matter.asks if assessment.matter else ()
    ids = [f"case_{case}" for case in _shown_cases(assessment)]
    asked = "victim_of_abuse" in asks or is_victims_side(facts)
    if asked and facts.victim_of_abuse is True:
        ids.append("victim")
    if "retrial_acquittal" in asks and facts.retrial_acquittal is True:
        ids.append("acquittal")
    if assessment.retrial is True:
        ids.append("retrial")
    return ids


def _shown_cases(assessment: Assessment) -> list[str]:
    """Return the cases of Art. 25 that a paper can show; the others are in the organ's file."""
    cases = assessment.defence.cases if assessment.defence else ()
    return [case for case in cases if f"document_case_{case}" in all_sentences()]


def _hardship(facts: Facts, assessment: Assessment) -> list[str]:
    """Art. 41, or the proof that stands in its place (Art. 42); nothing where Art. 32 applies."""
    role_open = assessment.criminal and not facts.known("criminal_role")
    if role_open or assessment.needs_hardship is False:
        return []
    if assessment.waivers:
        return [f"waiver_proof_{group}" for group in assessment.waivers]
    says_not_poor = assessment.standard is None and facts.hardship_self_assessment is False
    ids = [] if says_not_poor else ["hardship_statement"]
    return [*ids, "waiver_proof_any"] if facts.groups in (None, UNKNOWN) else ids
