"""What can go wrong in the gateway. One base, a few kinds."""


class GatewayError(Exception):
    """Base of every error the gateway raises on purpose."""


class UnknownConversation(GatewayError):
    """The conversation is not there: it never was, or it has been erased."""


class UnknownMessage(GatewayError):
    """No inbound message carries this de-duplication key."""


class AnsweredLater(GatewayError):
    """There is more to do than can be done in time: nobody should wait for this turn's reply.

    Attributes:
        path: how the reply will reach the citizen: "push" or "held".
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class BotUnreachable(GatewayError):
    """Rasa refused the connection, broke it, or answered something that is no turn."""


class BotTimeout(GatewayError):
    """Rasa took longer than a turn may take."""


class BadData(GatewayError):
    """A data file of the gateway is broken; the message names the file."""


class UnknownAttachment(GatewayError):
    """There is no such picture in this conversation, or it is not kept."""


class AttachmentGone(GatewayError):
    """A picture will never be had."""
