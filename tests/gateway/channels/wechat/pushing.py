"""What tests of pushing share: a lawyer's reply, what the citizen sees."""

from gateway.channels import Reply
from tests.fakes.tencent import FakeTencent
from tests.gateway.channels.wechat.conftest import ME


def from_lawyer(text: str, message_id: str = "1") -> Reply:
    """Returns a lawyer's reply."""
    return Reply(message_id, text, (), "lawyer")


def texts(tencent: FakeTencent) -> list[str]:
    """Returns what the citizen sees."""
    return [line.text for line in tencent.seen[ME]]
