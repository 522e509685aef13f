"""What can go wrong here: our own data, or the facts we are given."""

from __future__ import annotations


class EligibilityError(Exception):
    """Base of every error this package raises."""


class DataError(EligibilityError):
    """One of the package's own data files is broken; the message names the file."""


class FactError(EligibilityError):
    """A fact has a name or value that does not exist; the message names the key."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}")
        self.key = key


class NotInForceError(EligibilityError):
    """The Legal Aid Act has no force on the date asked about (Art. 71)."""
