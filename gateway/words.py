"""The gateway's own sentences, from ``data/words.yml``."""

from functools import cache

from gateway.data_files import FOLDER, Data, read


class Words(Data):
    """Every sentence the gateway itself says; each is required, nothing else is allowed."""

    choose: str
    automatic: str
    lawyer: str
    lawyer_named: str
    resent: str
    empty: str
    other_language: str
    empty_handed_over: str
    too_long: str
    unavailable: str
    promise_closed: str
    promise_failed: str
    withdrawn: str
    left_queue: str
    handoff_phrases: tuple[str, ...]
    view_phrases: tuple[str, ...]
    danger_reason: str
    handover_reason: str
    handed_over: str
    meanwhile: str
    erased: str
    rest: dict[str, str]


@cache
def words() -> Words:
    """Returns the sentences.

    Raises:
        BadData: the file is missing, not YAML, or a sentence is missing or unknown.
    """
    return read(FOLDER / "words.yml", Words)
