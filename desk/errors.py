"""What the desk refuses. Each error carries the sentence a lawyer reads."""

from desk.words import WORDS


class DeskError(Exception):
    """Base of the package. `sentence` is shown as it is; `status` is the HTTP status."""

    status = 400

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.sentence = WORDS.errors[key].format(**values)
        super().__init__(key)


class CaseNotFound(DeskError):
    """There is no such case, or it may no longer be read by anybody."""

    status = 404


class NotAllowed(DeskError):
    """The case belongs to another lawyer."""

    status = 403


class CaseTaken(DeskError):
    """Somebody or something changed the case first."""

    status = 409


class InvalidInput(DeskError):
    """What was typed cannot be used."""
