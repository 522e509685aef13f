"""What can go wrong in this room."""


class AidError(Exception):
    """Base of the room's errors."""


class TemplateError(AidError):
    """A Word template cannot be used; the message names the file and what is wrong with it."""
