"""What can go wrong between this channel and Tencent."""

from gateway.errors import GatewayError


class WechatError(GatewayError):
    """Base of every error of the WeChat channel."""


class Rejected(WechatError):
    """A delivery that is not a well-formed message from Tencent for this account.

    Attributes:
        status: the HTTP status to answer, 403 (not authentic) or 400 (malformed).
        reason: a short English phrase for the log; it never holds message text.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class ApiError(WechatError):
    """Tencent answered a call with a non-zero errcode: the call had no effect."""

    def __init__(self, errcode: int) -> None:
        super().__init__(f"errcode {errcode}")
        self.errcode = errcode


class Unreachable(WechatError):
    """A call certainly had no effect: no connection, or an answer that is not 200."""


class Unanswered(WechatError):
    """A call was sent but its answer never came, so it may or may not have had effect."""


class TooLarge(WechatError):
    """A file is larger than what is kept."""
