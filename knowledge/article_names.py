"""Finding an article that a question names: 民法典第1079条, 劳动法五十条怎么说."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

from knowledge import numerals, strict_yaml
from knowledge.errors import ContentError
from knowledge.replaced import Replaced
from knowledge.statutes import Statutes

_ARTICLE = re.compile(rf"第?\s*({numerals.NUMERAL})\s*条(?:[之-]\s*({numerals.NUMERAL}))?(?!例)")
_GUESSED_LAW = re.compile(
    r"《([^《》]{2,40})》|([\u4e00-\u9fff]{1,20}?(?:法典|法|条例|规定|解释|办法))"
)


@dataclass(frozen=True)
class NamedArticle:
    """An article that a question names; `text` and `version` are None when it is not at hand.

    `in_force_from` is the day from which the law will hold, if it does not yet; `replaced_by`
    names the law or article that has taken the place of this one.
    """

    law: str
    article: str
    version: str | None
    text: str | None
    replaced_by: str | None = None
    in_force_from: str | None = None


class ArticleNames:
    """Recognises law names, their short names and article numbers in a question."""

    def __init__(self, statutes: Statutes, short: dict[str, str], replaced: Replaced) -> None:
        self._statutes = statutes
        self._replaced = replaced
        self._names = statutes.formal_names | short | {law: law for law in replaced.laws}
        ordered = sorted(self._names, key=len, reverse=True)
        self._law = re.compile("|".join(map(re.escape, ordered)) or "(?!)")

    @classmethod
    def load(cls, content: Path, statutes: Statutes, replaced: Replaced) -> "ArticleNames":
        """Read `law_names.yml`.

        Raises:
            ContentError: a record has other keys than `short` and `law`.
        """
        path = content / "law_names.yml"
        records = strict_yaml.read(path)
        if not all(set(record) == {"short", "law"} for record in records):
            raise ContentError(f"{path}: each record is short: and law:")
        return cls(statutes, {record["short"]: record["law"] for record in records}, replaced)

    def find(self, question: str) -> NamedArticle | None:
        """The article that a question names, or None when it names none.

        An article number alone is not enough; a law that is not at hand gives a result
        without text.
        """
        number = _ARTICLE.search(question)
        if number is None:
            return None
        try:
            article = numerals.article_name(number[1], number[2])
        except (ValueError, IndexError):
            return None
        law = self._law_before(question[: number.start()])
        if law is None:
            return None
        if by := self._replaced.by(law, article):
            return NamedArticle(law, article, None, None, by)
        found = self._statutes.find(law, article)
        if found is None:
            return NamedArticle(law, article, None, None)
        future = self._statutes.in_force_from(law, datetime.date.today())
        day = future.isoformat() if future else None
        return NamedArticle(found.law, found.article, found.version, found.text, None, day)

    def matter(self, question: str) -> str:
        """A question without the law and the article it names; itself if nothing else is in it."""
        rest = re.sub(r"[《》\s]+", " ", _ARTICLE.sub(" ", self._law.sub(" ", question))).strip()
        return rest if len(rest) > 1 else question

    def _law_before(self, text: str) -> str | None:
        """The law named last before an article number."""
        if known := self._law.findall(text):
            return self._names[known[-1]]
        guessed = _GUESSED_LAW.findall(text)
        return (guessed[-1][0] or guessed[-1][1]) if guessed else None
