"""What a search finds: entries and articles, and how sure it is."""

from dataclasses import dataclass

from knowledge import follow_up
from knowledge.article_names import NamedArticle
from knowledge.entries import Entry
from knowledge.statutes import Article


@dataclass(frozen=True)
class Hit:
    """One thing found; exactly one of `entry` and `article` is there.

    `worth_naming`: an article likely enough to be named where no entry fits.
    """

    score: float
    entry: Entry | None = None
    article: Article | None = None
    worth_naming: bool = False

    @property
    def docid(self) -> str:
        """The entry's id, or `article:` and the article's number in the statute file."""
        return self.entry.id if self.entry else self._article.docid

    @property
    def kind(self) -> str:
        """`entry` or `article`."""
        return "entry" if self.entry else "article"

    @property
    def title(self) -> str:
        """The entry's question, or the law and article."""
        return self.entry.meta.question if self.entry else self._article.title

    @property
    def _article(self) -> Article:
        if self.article is None:
            raise ValueError("a hit is an entry or an article")
        return self.article


@dataclass(frozen=True)
class Results:
    """What a search found.

    `band` says how sure it is: answer, ask_back or not_sure. `article` is the article that the
    question names, if it names one. `suggests`: the nearest entries are worth suggesting even where
    the band is not_sure. `context` is what to give with the next question.
    """

    query: str
    band: str
    article: NamedArticle | None
    hits: tuple[Hit, ...]
    suggests: bool
    context: str

    @property
    def opens(self) -> bool:
        """Whether the question opens a matter, so that what was shown before no longer counts."""
        return self.context == follow_up.opened(self.query)

    def of_kind(self, kind: str) -> list[Hit]:
        """The hits that are entries, or those that are articles."""
        return [hit for hit in self.hits if hit.kind == kind]
