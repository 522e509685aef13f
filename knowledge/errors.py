"""Errors of this package; each names the file or the thing it is about."""


class KnowledgeError(Exception):
    """Base of all errors raised here."""


class ContentError(KnowledgeError):
    """A content file is wrong; the message starts with the file's name."""


class StatutesError(KnowledgeError):
    """The statute file is missing or is not what it should be."""


class IndexMissing(KnowledgeError):
    """No index has been built yet, or it was built for other content."""
