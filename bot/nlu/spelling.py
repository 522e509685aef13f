"""Reading what was typed as it is meant: one script, one width, no emoji, known slips mended.

Voice input and pinyin keyboards write words of the same sound (「律施」), some people type pinyin
(「gongzi」). Only a slip that is no word of Chinese is mended, so nothing meant is lost.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import jieba
import yaml
from opencc import OpenCC
from pypinyin import lazy_pinyin

WORDS = Path(__file__).parent / "words.yml"
# What is left of a text without courtesy must be a sentence, else the courtesy is what is said.
SHORTEST = 5
_LATIN = re.compile(r"[a-z]{4,}(?: [a-z]{2,})*")
_CHINESE = re.compile(r"[一-鿿]+")


def as_meant(text: str) -> str:
    """Return a text in simplified characters and half width, without emoji, slips mended."""
    plain = _simplified().convert(unicodedata.normalize("NFKC", text).lower())
    plain = "".join(sign for sign in plain if _is_said(sign))
    plain = re.sub(r"(\w)\1{3,}", r"\1\1", plain)
    for slip, meant in _words()["slips"].items():
        plain = plain.replace(slip, meant)
    plain = _LATIN.sub(lambda found: _by_pinyin(found[0]), plain)
    plain = _CHINESE.sub(lambda found: _by_sound(found[0]), plain)
    return _without_courtesy(plain.strip()) or text


def _is_said(sign: str) -> bool:
    return unicodedata.category(sign) not in ("So", "Sk", "Cf", "Mn", "Co", "Cs")


def _by_pinyin(latin: str) -> str:
    return _by_sounds().get(latin.replace(" ", ""), latin)


def _by_sound(chinese: str) -> str:
    """Return a run of Chinese with each slip of the same sound as a listed word mended."""
    sounds = lazy_pinyin(chinese)
    if len(sounds) != len(chinese):
        return chinese
    place, mended = 0, ""
    while place < len(chinese):
        end = next(
            (end for end in _ends(place, len(chinese)) if _slip(chinese, sounds, place, end)), 0
        )
        mended += _by_sounds()["".join(sounds[place:end])] if end else chinese[place]
        place = end or place + 1
    return mended


def _ends(place: int, length: int) -> range:
    return range(min(place + 5, length), place + 1, -1)


def _slip(chinese: str, sounds: list[str], place: int, end: int) -> bool:
    """Say whether a stretch sounds like a listed word, is another, and no word of its own.

    One character of the word must be right: a stretch with none is chance.
    """
    meant = _by_sounds().get("".join(sounds[place:end]))
    said = chinese[place:end]
    if meant is None or len(meant) != len(said) or meant == said or not set(meant) & set(said):
        return False
    around = [chinese[max(place - 1, 0) : place + 1], chinese[end - 1 : end + 1], said]
    return not any(len(word) > 1 and jieba.dt.FREQ.get(word) for word in around)


def _without_courtesy(text: str) -> str:
    shorter = re.sub(_words()["after"], "", re.sub(_words()["before"], "", text))
    return shorter if len(shorter) >= SHORTEST else text


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words


@cache
def _by_sounds() -> dict[str, str]:
    jieba.dt.check_initialized()
    return {"".join(lazy_pinyin(word)): word for word in _words()["meant"]}


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
