"""Knowledge entries: one Markdown file each, read strictly."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge import numerals, strict_yaml
from knowledge.errors import ContentError

DETAIL_HEADING = "## 详细"
SECTIONS = ("期限", "带上", "找谁", "当心", "什么时候找律师")
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_LABEL = re.compile(r"^\*\*(.+?)\*\*[：:]", re.MULTILINE)

Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Citation(_Strict):
    """An article that an entry rests on, with phrases that must occur in its text."""

    law: Text
    article: Text
    proof: Text | list[Text]

    @model_validator(mode="after")
    def _article_is_canonical(self) -> "Citation":
        names = numerals.articles_in(self.article)
        if names != [self.article]:
            raise ValueError(f"article {self.article!r} is not written as the statutes write it")
        return self

    @property
    def proofs(self) -> list[str]:
        """The proof phrases, always as a list."""
        return [self.proof] if isinstance(self.proof, str) else self.proof


class Aid(_Strict):
    """The link from an entry to the eligibility interview."""

    matter_type: Text


class NextQuestion(_Strict):
    """What citizens ask on after reading an entry, in several half sentences, and the answer.

    What such answers rest on besides the entry's own citations is in `next_citations`. A text that
    has the sign `unless` (a regular expression) never means it: 「没写期限」 means no period.
    """

    says: Annotated[list[Text], Field(min_length=1)]
    answer: Text
    unless: re.Pattern[str] | None = None

    def may_be_meant(self, text: str) -> bool:
        """Return whether nothing in a text rules this question out."""
        return self.unless is None or self.unless.search(text) is None


class FrontMatter(_Strict):
    """The keys of an entry file; no others are allowed.

    `routes` are the entries on the ways that such a matter goes (arbitration, a lawsuit), the
    likeliest first: they tell how long it takes, what it costs and where, where the entry does not.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+/[a-z0-9-]+$")]
    question: Text
    variants: list[Text]
    topic: Text
    citations: Annotated[list[Citation], Field(min_length=1)]
    aid: Aid | None
    hotlines: list[Text]
    related: list[Text]
    effective_from: datetime.date
    checked_on: datetime.date
    review: Literal["unreviewed", "reviewed"]
    reviewed_by: Text | None = None
    routes: Annotated[list[Text], Field(max_length=3)] = []
    asked_next: list[NextQuestion] = []
    next_citations: list[Citation] = []

    @model_validator(mode="after")
    def _review_has_a_name(self) -> "FrontMatter":
        if (self.review == "reviewed") != (self.reviewed_by is not None):
            raise ValueError("reviewed_by goes with review: reviewed, and only with it")
        return self


@dataclass(frozen=True)
class Entry:
    """One entry: its front matter and its Markdown text in two parts."""

    path: Path
    meta: FrontMatter
    body: str
    detail: str

    @property
    def id(self) -> str:
        """The entry's id, `<topic>/<slug>`."""
        return self.meta.id

    @property
    def cited(self) -> list[Citation]:
        """All that the entry cites: for its own text first, then for what is asked next."""
        return [*self.meta.citations, *self.meta.next_citations]

    @property
    def answer(self) -> str:
        """The first paragraph: what to do, in a sentence or two that can be read aloud."""
        return self.body.split("\n\n", 1)[0].strip()


def parse(text: str, path: Path, root: Path) -> Entry:
    """Read one entry.

    Args:
        text: the whole file.
        path: its place, for messages and to check the id.
        root: the folder that ids are relative to.

    Raises:
        ContentError: anything is missing, unknown, repeated, or out of place.
    """
    match = _FRONT_MATTER.match(text.replace("\r\n", "\n"))
    if match is None:
        raise ContentError(f"{path}: must start with YAML between two lines of ---")
    data = strict_yaml.parse(match[1], path)
    try:
        meta = FrontMatter.model_validate(data)
    except ValidationError as error:
        raise ContentError(f"{path}: {_first_problem(error)}") from error
    if root.resolve() not in path.resolve().parents:
        raise ContentError(f"{path}: not in {root}")
    expected = path.resolve().relative_to(root.resolve()).with_suffix("").as_posix()
    if meta.id != expected:
        raise ContentError(f"{path}: id is {meta.id!r}, the file's place says {expected!r}")
    if meta.topic != meta.id.split("/")[0]:
        raise ContentError(f"{path}: topic {meta.topic!r} is not the folder's name")
    body, _, detail = match[2].partition(f"\n{DETAIL_HEADING}\n")
    _check_sections(body, path)
    return Entry(path, meta, body.strip(), detail.strip())


def _first_problem(error: ValidationError) -> str:
    problems = [
        f"{'.'.join(str(part) for part in item['loc']) or 'front matter'}: {item['msg']}"
        for item in error.errors()
    ]
    return "; ".join(problems)


def _check_sections(body: str, path: Path) -> None:
    """Labels must be known ones, each once, in the given order."""
    labels = _LABEL.findall(body)
    unknown = [label for label in labels if label not in SECTIONS]
    if unknown:
        raise ContentError(f"{path}: unknown section {unknown[0]!r}")
    if labels != [section for section in SECTIONS if section in labels]:
        raise ContentError(f"{path}: sections repeated or out of order: {labels}")


def load(path: Path, root: Path) -> Entry:
    """Read one entry file; errors as in `parse`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    return parse(text, path, root)


def files(root: Path) -> list[Path]:
    """All entry files below a folder, in a stable order."""
    return sorted(root.rglob("*.md"))


def ids(root: Path) -> set[str]:
    """The ids of all entries below a folder, as the files' places say."""
    return {path.relative_to(root).with_suffix("").as_posix() for path in files(root)}


def load_all(root: Path) -> list[Entry]:
    """Read every entry below a folder.

    Raises:
        ContentError: at the first wrong file.
    """
    return [load(path, root) for path in files(root)]


class Topic(_Strict):
    """A subject that entries are filed under."""

    id: Text
    title: Text


class MatterType(_Strict):
    """A kind of matter in the eligibility interview."""

    id: Text
    title: Text


class Hotline(_Strict):
    """A national hotline that may be named to citizens."""

    number: Text
    title: Text


class ReplacedLaw(_Strict):
    """A law that must not be cited.

    `older_than` limits this to imported texts older than that date: the law lives on under the
    same name in a newer version.
    """

    law: Text
    by: Text
    source: Text | None = None
    older_than: datetime.date | None = None

    def applies(self, versions: dict[str, str]) -> bool:
        """Whether this holds, given the version date of each law at hand."""
        if self.older_than is None:
            return True
        return versions.get(self.law, "") < self.older_than.isoformat()


class ReplacedArticle(_Strict):
    """An article that must not be cited although its law is in force; `by` is what governs now."""

    place: Annotated[str, Field(pattern=r"^[^第]+第.+条.*$")]
    by: Text

    @property
    def law(self) -> str:
        """The law's name."""
        return self.place[: self.place.index("第")]

    @property
    def article(self) -> str:
        """The article's name."""
        return self.place[self.place.index("第") :]


def load_list(path: Path, kind: type[Any]) -> list[Any]:
    """Read a YAML list of one kind of record.

    Raises:
        ContentError: not a list, a wrong record, or the same first field twice.
    """
    data = strict_yaml.read(path)
    if not isinstance(data, list):
        raise ContentError(f"{path}: must be a list")
    try:
        records = [kind.model_validate(item) for item in data]
    except ValidationError as error:
        raise ContentError(f"{path}: {_first_problem(error)}") from error
    key = next(iter(kind.model_fields))
    _refuse_repeats((getattr(record, key) for record in records), path)
    return records


def _refuse_repeats(names: Iterable[str], path: Path) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ContentError(f"{path}: {name!r} is there twice")
        seen.add(name)
