"""What a citizen typed, made ready for searching."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opencc import OpenCC

from knowledge import strict_yaml
from knowledge.errors import ContentError

MAX_QUERY = 1000  # characters; longer text costs time and finds nothing better


# People who type by voice write one for the other, and the law makes no difference.
_ALIKE = str.maketrans({"她": "他", "您": "你", "俺": "我", "咱": "我"})


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def plain(text: str) -> str:
    """Half width, simplified, lower case, single blanks, one word for 他 and 她, 我 and 俺.

    At most `MAX_QUERY` characters.
    """
    text = unicodedata.normalize("NFKC", text[:MAX_QUERY])
    text = str(_to_simplified().convert(text)).lower()
    return re.sub(r"\s+", " ", text).strip().translate(_ALIKE)


@dataclass(frozen=True)
class Words:
    """Filler words and colloquial words with what the law calls them."""

    fillers: tuple[str, ...]
    synonyms: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    @classmethod
    def load(cls, content: Path) -> "Words":
        """Read `fillers.yml` and `synonyms.yml`.

        Raises:
            ContentError: one of them is not what it should be.
        """
        fillers = strict_yaml.read(content / "fillers.yml")
        groups = strict_yaml.read(content / "synonyms.yml")
        if not _texts(fillers):
            raise ContentError(f"{content / 'fillers.yml'}: must be a list of words")
        for group in groups:
            if set(group) != {"says", "means"} or not all(map(_texts, group.values())):
                raise ContentError(f"{content / 'synonyms.yml'}: wrong group {group!r}")
        return cls(
            tuple(sorted(fillers, key=len, reverse=True)),
            tuple((tuple(group["says"]), tuple(group["means"])) for group in groups),
        )

    def without_fillers(self, text: str) -> str:
        """The text without filler words; the text itself if nothing else is in it."""
        shorter = text
        for word in self.fillers:
            shorter = shorter.replace(word, " ")
        shorter = re.sub(r"\s+", " ", shorter).strip()
        return shorter or text

    def legal_terms(self, text: str) -> list[str]:
        """What the law calls the things that the text names in everyday words."""
        terms = [
            term
            for says, means in self.synonyms
            if any(word in text for word in says)
            for term in means
            if term not in text
        ]
        return list(dict.fromkeys(terms))


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
