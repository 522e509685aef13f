"""Telling a message in another language, which the bot cannot read, from a Chinese one."""

import re
import unicodedata

# How Unicode names the letters of scripts that are not Chinese.
_SCRIPTS = (
    "MONGOLIAN",
    "CYRILLIC",
    "ARABIC",
    "TIBETAN",
    "HANGUL",
    "HIRAGANA",
    "KATAKANA",
    "THAI",
    "YI SYLLABLE",
    "PHAGS-PA",
)
_FEWEST_LETTERS = 2
# Fewer words in Latin letters are a greeting, a name or a number on a form.
_FEWEST_WORDS = 4
# Mongolian as it is typed in Latin letters: greetings, thanks, the name of the language.
_MONGOLIAN = re.compile(
    r"\b(?:sain|sn)\s*(?:b(?:ai?)?n(?:a)?\s*)?u+\b|\bbayarlal+aa?\b|\bmongol\s*k?hel", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?", re.IGNORECASE)


def in_another_language(text: str) -> bool:
    """Says whether most of a message is in another script, or in four or more Latin words.

    Mongolian in Latin letters is told by fewer.

    A few Chinese words among them are enough to be read as Chinese.
    """
    letters = [sign for sign in text if unicodedata.category(sign)[0] == "L"]
    chinese = sum(_script(sign).startswith("CJK") for sign in letters)
    foreign = sum(_script(sign).startswith(_SCRIPTS) for sign in letters)
    if foreign >= _FEWEST_LETTERS:
        return foreign > chinese
    if not chinese and _MONGOLIAN.search(text):
        return True
    return not chinese and len(_WORD.findall(text)) >= _FEWEST_WORDS


def _script(sign: str) -> str:
    return unicodedata.name(sign, "")
