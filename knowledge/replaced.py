"""Laws, and single articles of laws in force, in whose place another rule has come."""

from dataclasses import dataclass
from pathlib import Path

from knowledge import entries as entry_files
from knowledge.entries import ReplacedArticle, ReplacedLaw
from knowledge.statutes import Statutes

LAWS = "replaced_laws.yml"
ARTICLES = "replaced_articles.yml"


@dataclass(frozen=True)
class Replaced:
    """What must be neither cited nor shown, each with what is in its place."""

    laws: dict[str, str]
    articles: dict[tuple[str, str], str]

    @classmethod
    def load(cls, content: Path, statutes: Statutes) -> "Replaced":
        """Read `replaced_laws.yml` and `replaced_articles.yml`.

        Raises:
            ContentError: one of them is wrong.
        """
        laws = entry_files.load_list(content / LAWS, ReplacedLaw)
        articles = entry_files.load_list(content / ARTICLES, ReplacedArticle)
        return cls(
            {record.law: record.by for record in laws if record.applies(statutes.versions)},
            {(record.law, record.article): record.by for record in articles},
        )

    def by(self, law: str, article: str) -> str | None:
        """What has taken the place of an article, or of its whole law; None if nothing has."""
        return self.laws.get(law) or self.articles.get((law, article))
