"""The errors of the actions."""


class ActionError(Exception):
    """Base of everything the actions raise on purpose."""


class ServiceUnavailable(ActionError):
    """Another service did not answer, or answered what nobody could use."""


class NotFound(ActionError):
    """The service answered that it does not have what was asked for."""
