"""Fitting text into Tencent's messages, which are limited in bytes of UTF-8."""

import math
import re

LIMIT = 2047
"""Bytes of UTF-8 that one text message may hold."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SENTENCE_END = re.compile("[\u3002\uff01\uff1f\uff1b!?;\n]")
_PAUSE = re.compile("[\uff0c\u3001\uff1a, ]")
_LONGEST_CHARACTER = 4
_NUMBER = len("(99/99)\n")


def clean(text: str) -> str:
    """Returns the text without the characters that XML forbids, nor space around it."""
    return _FORBIDDEN.sub("", text).strip()


def size(text: str) -> int:
    """Returns the length in bytes of UTF-8."""
    return len(text.encode())


def parts(text: str, limit: int = LIMIT) -> list[str]:
    """Returns the text in the fewest messages of at most `limit` bytes.

    Two or more are numbered `(1/2)`. Among the cuts that keep the number smallest, the last
    sentence end wins, then the last pause.
    """
    text = clean(text)
    if size(text) <= limit:
        return [text]
    room = limit - _NUMBER
    count = math.ceil(size(text) / (room - _LONGEST_CHARACTER))
    pieces = []
    for left in range(count - 1, 0, -1):
        least = size(text) - left * (room - _LONGEST_CHARACTER)
        end = _cut(text, least, room)
        pieces.append(text[:end].strip())
        text = text[end:].strip()
    pieces.append(text)
    return [f"({n}/{count})\n{piece}" for n, piece in enumerate(pieces, 1)]


def capacity(count: int, limit: int = LIMIT) -> int:
    """Returns how many bytes of text surely fit into `count` numbered messages."""
    return count * (limit - _NUMBER - _LONGEST_CHARACTER)


def shorten(text: str, limit: int, ending: str) -> str:
    """Returns the text if it fits, else as many of its sentences as fit, then `ending`."""
    text = clean(text)
    if size(text) <= limit:
        return text
    return text[: _cut(text, 0, limit - size("\n" + ending))].strip() + "\n" + ending


def _cut(text: str, least: int, most: int) -> int:
    """Returns the index to cut at, so that what precedes it has `least` to `most` bytes."""
    window = text.encode()[:most].decode(errors="ignore")
    for boundary in (_SENTENCE_END, _PAUSE):
        ends = [found.end() for found in boundary.finditer(window)]
        if ends and size(window[: ends[-1]]) >= least:
            return ends[-1]
    return len(window)
