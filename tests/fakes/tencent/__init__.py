"""A stand-in for Tencent's servers: it delivers what citizens do and shows them what comes back.

It is strict where the real one is: a reply in plain text to a safe-mode account, one over 2,047
bytes, or no reply in time three times shows the citizen the platform's own fault sentence; JSON
with \\uXXXX is refused; pushes are counted. Its cryptography is wechatpy's, so that ours is checked
against another implementation.

    python -m tests.fakes.tencent --port 9000 --callback http://127.0.0.1:8080/wechat \
        --token T --appid A --secret S --aes-key K

The gateway then needs WECHAT_API_BASE=http://127.0.0.1:9000. To talk to it as a citizen:

    curl 127.0.0.1:9000/say -d '{"openid": "citizen-1", "text": "..."}'
    curl 127.0.0.1:9000/say -d '{"openid": "c", "kind": "image", "fields": {"MediaId": "m"}}'
    curl '127.0.0.1:9000/seen?openid=citizen-1'

To make trouble (see `faults.Faults`):

    curl 127.0.0.1:9000/faults -d '{"path": "/cgi-bin/stable_token", "errcode": -1, "times": 2}'
    curl 127.0.0.1:9000/faults -d '{"token": "expire"}'
    curl 127.0.0.1:9000/clock -d '{"advance": 172801}'
"""

from tests.fakes.tencent.faults import Faults
from tests.fakes.tencent.server import (
    BIZSEND,
    FAULT,
    MEDIA,
    MENU_CREATE,
    MENU_DELETE,
    MENU_GET,
    QR,
    SEND,
    TEMPLATE,
    TOKEN,
    TYPING,
    FakeTencent,
    five_seconds,
)
from tests.fakes.tencent.wire import Account, Answer, Mode, Seen, signed, to_xml

__all__ = [
    "BIZSEND",
    "FAULT",
    "MEDIA",
    "MENU_CREATE",
    "MENU_DELETE",
    "MENU_GET",
    "QR",
    "SEND",
    "TEMPLATE",
    "TOKEN",
    "TYPING",
    "Account",
    "Answer",
    "FakeTencent",
    "Faults",
    "Mode",
    "Seen",
    "five_seconds",
    "signed",
    "to_xml",
]
