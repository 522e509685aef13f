"""Checks every entry against the statute texts and the house rules before it may be published."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from knowledge import entries as entry_files
from knowledge import figures, freshness, numerals
from knowledge.entries import Citation, Entry, Hotline, MatterType, ReplacedLaw, Topic
from knowledge.errors import ContentError
from knowledge.replaced import Replaced
from knowledge.statutes import FORMAL_PREFIX, Statutes

MIN_VARIANTS = 6
BODY_LENGTH = range(120, 501)
MIN_SAYS = 3
NEXT_LENGTH = range(12, 161)
_TITLE = re.compile(r"《([^《》]+)》")
_ARTICLE_LIST = re.compile(
    rf"(?:的?{numerals.ARTICLE.pattern}(?:第[^条，。；]{{1,6}}[款项])*[、和及至到以]*)+"
)
_LOOKS_LIKE_LAW = re.compile(r"(法|法典|条例|解释|规定|办法|规则|细则|决定)(（[^）]*）)?$")
_NOT_A_LAW_NAME = "(?![律院庭官人定规])"  # 合同法 is a law's name, 合同法律 is not
_NUMBER = re.compile(r"(?<![\d.,第])(?:\(?0\d{2,3}\)?[-—\s]?\d{7,8}|\d[\d-]*\d|\d)(?![\d,])")
_ADDRESS = re.compile(
    rf"(?:路|街|巷|胡同|大道|小区)\s*{numerals.NUMERAL}\s*号|{numerals.NUMERAL}\s*号[楼院室附]"
    r"|https?://|www\.|[\w.]+@[\w.]+"
)


@dataclass(frozen=True)
class Finding:
    """One thing wrong with one file."""

    file: Path
    rule: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: [{self.rule}] {self.reason}"


@dataclass(frozen=True)
class Shelf:
    """What entries are checked against."""

    statutes: Statutes
    topics: frozenset[str]
    matter_types: frozenset[str]
    hotlines: frozenset[str]
    ever_replaced: frozenset[str]
    replaced: Replaced
    entry_ids: frozenset[str]
    checked: freshness.Checked

    @classmethod
    def load(cls, content: Path, statutes: Statutes, entry_ids: Iterable[str]) -> "Shelf":
        """Read the lists in the content folder.

        Raises:
            ContentError: one of them is wrong.
        """

        def read(name: str, kind: type) -> list:  # type: ignore[type-arg]
            return entry_files.load_list(content / name, kind)

        return cls(
            statutes,
            frozenset(topic.id for topic in read("topics.yml", Topic)),
            frozenset(kind.id for kind in read("matter_types.yml", MatterType)),
            frozenset(line.number for line in read("hotlines.yml", Hotline)),
            frozenset(law.law for law in read("replaced_laws.yml", ReplacedLaw)),
            Replaced.load(content, statutes),
            frozenset(entry_ids),
            freshness.load(content),
        )

    @cached_property
    def bare_law(self) -> re.Pattern[str]:
        """Matches a law's name written without book marks; longest names first."""
        names = {*self.statutes.versions, *self.ever_replaced}
        alternatives = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
        return re.compile(f"(?:{alternatives}){_NOT_A_LAW_NAME}" if names else "(?!)")


Check = Callable[[Entry, Shelf], Iterator[str]]


def _text(entry: Entry) -> str:
    """Everything that is said to citizens."""
    return "\n\n".join(text for text, _ in _parts(entry))


def _parts(entry: Entry) -> Iterator[tuple[str, list[Citation]]]:
    """The entry's own text, and the answers to what is asked next, each with what it rests on."""
    yield f"{entry.body}\n\n{entry.detail}", entry.meta.citations
    yield "\n\n".join(asked.answer for asked in entry.meta.asked_next), entry.cited


def check_article(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """Each cited article must be in the statute texts."""
    known = shelf.statutes
    for cited in entry.cited:
        if cited.law not in known.versions:
            if cited.law not in shelf.ever_replaced:
                yield f"the statute texts have no law named {cited.law!r}"
        elif not (
            known.find(cited.law, cited.article)
            or known.has_only_superseded(cited.law, cited.article)
        ):
            yield f"《{cited.law}》 has no {cited.article}"


def check_superseded(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """An article of which only an old version is at hand must not be cited."""
    for cited in entry.cited:
        if shelf.statutes.has_only_superseded(cited.law, cited.article):
            yield f"only a superseded text of 《{cited.law}》{cited.article} is at hand"


def check_replaced(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """A replaced law or article must not be cited; a replaced law not be named in the text."""
    for cited in entry.cited:
        if by := shelf.replaced.articles.get((cited.law, cited.article)):
            yield f"《{cited.law}》{cited.article} is replaced by {by}"
    named = [cited.law for cited in entry.cited] + _laws_named(_text(entry), shelf)
    for law in dict.fromkeys(named):
        if by := shelf.replaced.laws.get(law):
            yield f"《{law}》 is replaced by 《{by}》"


def check_proof(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """Each proof phrase must occur in its article."""
    for cited in entry.cited:
        article = shelf.statutes.find(cited.law, cited.article)
        for proof in cited.proofs if article else []:
            if article and not figures.occurs(proof, article.text):
                yield f"{proof!r} does not occur in 《{cited.law}》{cited.article}"


def check_figures(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """Each figure with a unit must be inside a proof."""
    for text, citations in _parts(entry):
        proven = {
            figure
            for cited in citations
            for proof in cited.proofs
            for figure in figures.figures_in(proof)
        }
        for figure, words in figures.figures_in(text).items():
            if figure not in proven:
                yield f"{words!r} is in no proof"


def _laws_named(text: str, shelf: Shelf) -> list[str]:
    """Laws named in a text, with or without book marks."""
    marked = [title.removeprefix(FORMAL_PREFIX) for title in _TITLE.findall(text)]
    known = {*shelf.statutes.versions, *shelf.ever_replaced}
    laws = [title for title in marked if title in known or _LOOKS_LIKE_LAW.search(title)]
    return laws + shelf.bare_law.findall(_TITLE.sub("《》", text))


def check_mentions(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """Each law and article mentioned in a text must be among its citations."""
    for text, citations in _parts(entry):
        yield from _not_cited(text, {(c.law, c.article) for c in citations}, shelf)


def _not_cited(text: str, cited: set[tuple[str, str]], shelf: Shelf) -> Iterator[str]:
    cited_laws = {law for law, _ in cited}
    for law in dict.fromkeys(_laws_named(text, shelf)):
        if law not in cited_laws and law not in shelf.ever_replaced:
            yield f"《{law}》 is mentioned but not cited"
    for match in _ARTICLE_LIST.finditer(text):
        before = re.search(r"《([^《》]+)》$", text[: match.start()])
        named = str(before[1]).removeprefix(FORMAL_PREFIX) if before else None
        for article in numerals.articles_in(match[0]):
            if named and (named, article) not in cited and named in cited_laws:
                yield f"《{named}》{article} is mentioned but not cited"
            if named is None and article not in {a for _, a in cited}:
                yield f"{article} is mentioned but not cited"


def check_phones(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """Only the hotlines of the list may be named."""
    for number in entry.meta.hotlines:
        if number not in shelf.hotlines:
            yield f"hotline {number!r} is not in hotlines.yml"
    text = _without_figures(_text(entry))
    for match in _NUMBER.finditer(text):
        phone = match[0]
        if len(re.sub(r"\D", "", phone)) >= 3 and phone not in shelf.hotlines:
            yield f"{phone!r} is not in hotlines.yml"


def _without_figures(text: str) -> str:
    """The text without article numbers, dates and numbers that a unit follows."""
    text = numerals.ARTICLE.sub("", unicodedata.normalize("NFKC", text))
    for words in sorted(figures.figures_in(text).values(), key=len, reverse=True):
        text = text.replace(words, "")
    return text


def check_addresses(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """No street, web or mail addresses: they differ by place and cannot be checked here."""
    for match in _ADDRESS.finditer(_text(entry)):
        yield f"{match[0]!r} looks like an address"


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", figures.canonical(text))


def check_variants(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """At least six ways of asking, all different from each other and from the question."""
    distinct = {_bare(variant) for variant in entry.meta.variants} - {_bare(entry.meta.question)}
    if len(distinct) < MIN_VARIANTS:
        yield f"{len(distinct)} distinct variants, {MIN_VARIANTS} needed"


def check_length(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """The body is long enough to help and short enough to be read aloud."""
    length = len(re.sub(r"[\s*#]", "", entry.body))
    if length not in BODY_LENGTH:
        yield f"the body has {length} characters, not {BODY_LENGTH[0]} to {BODY_LENGTH[-1]}"


def check_asked_next(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """Each further question in three ways at least, no way twice, and a short answer."""
    ways = [_bare(way) for asked in entry.meta.asked_next for way in asked.says]
    if len(ways) != len(set(ways)):
        repeated = next(way for way in ways if ways.count(way) > 1)
        yield f"{repeated!r} asks for two answers, or twice for one"
    for asked in entry.meta.asked_next:
        if len(asked.says) < MIN_SAYS:
            yield f"{asked.says[0]!r} is asked in {len(asked.says)} ways, {MIN_SAYS} needed"
        if len(asked.answer) not in NEXT_LENGTH:
            yield (
                f"the answer to {asked.says[0]!r} has {len(asked.answer)} characters, "
                f"not {NEXT_LENGTH[0]} to {NEXT_LENGTH[-1]}"
            )


def check_related(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """Related entries must exist, and not be the entry itself."""
    for other in entry.meta.related:
        if other not in shelf.entry_ids or other == entry.id:
            yield f"related entry {other!r} does not exist"


def check_routes(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """Routes must be other entries, each named once."""
    routes = entry.meta.routes
    for route in routes:
        if route not in shelf.entry_ids or route == entry.id:
            yield f"route {route!r} is no other entry"
    if len(routes) != len(set(routes)):
        yield f"{routes} names a route twice"


def check_topic(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """The topic must be in topics.yml."""
    if entry.meta.topic not in shelf.topics:
        yield f"topic {entry.meta.topic!r} is not in topics.yml"


def check_matter_type(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """The matter type must be in matter_types.yml."""
    if entry.meta.aid and entry.meta.aid.matter_type not in shelf.matter_types:
        yield f"matter type {entry.meta.aid.matter_type!r} is not in matter_types.yml"


def check_freshness(entry: Entry, shelf: Shelf) -> Iterator[str]:
    """The entry must have been checked since the cited laws last changed."""
    for change in freshness.changes(entry, shelf.checked, shelf.statutes):
        yield f"《{change.law}》 of {change.now} differs from the text checked: see `stale`"


RULES: dict[str, Check] = {
    "article": check_article,
    "superseded": check_superseded,
    "replaced": check_replaced,
    "proof": check_proof,
    "figure": check_figures,
    "mention": check_mentions,
    "phone": check_phones,
    "address": check_addresses,
    "variants": check_variants,
    "length": check_length,
    "asked_next": check_asked_next,
    "related": check_related,
    "routes": check_routes,
    "topic": check_topic,
    "matter_type": check_matter_type,
    "stale": check_freshness,
}
NEED_TEXTS = frozenset({"article", "superseded", "replaced", "proof", "mention", "stale"})


@dataclass
class Report:
    """What was checked and what was found."""

    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many entries, variants, citations, proofs and topics were checked."""
        citations = [cited for entry in self.entries for cited in entry.cited]
        return {
            "entries": len(self.entries),
            "variants": sum(len(entry.meta.variants) for entry in self.entries),
            "citations": len(citations),
            "proofs": sum(len(cited.proofs) for cited in citations),
            "topics": len({entry.meta.topic for entry in self.entries}),
        }


def verify(
    content: Path, root: Path, statutes: Statutes | None, only: list[Path] | None = None
) -> Report:
    """Check entries.

    Args:
        content: the folder with topics.yml, hotlines.yml and the other lists.
        root: the folder with the entries.
        statutes: the texts to check against; without them the rules that need them are left out.
        only: files or folders to check; everything under `root` when None.

    Raises:
        ContentError: one of the lists in `content` is wrong, or a path holds no entry.
    """
    shelf = Shelf.load(content, statutes or Statutes([]), entry_files.ids(root))
    rules = {name: RULES[name] for name in RULES if statutes or name not in NEED_TEXTS}
    report = Report()
    for path in _selected(only) if only else entry_files.files(root):
        try:
            entry = entry_files.load(path, root)
        except ContentError as error:
            reason = str(error).removeprefix(f"{path}: ")
            report.findings.append(Finding(path, "format", reason))
            continue
        report.entries.append(entry)
        report.findings.extend(
            Finding(path, rule, reason)
            for rule, check in rules.items()
            for reason in check(entry, shelf)
        )
    return report


def _selected(paths: list[Path]) -> list[Path]:
    selected: list[Path] = []
    for path in paths:
        selected += [path] if path.is_file() else entry_files.files(path)
    if not selected:
        raise ContentError(f"{paths[0]}: no entry files there")
    return selected
