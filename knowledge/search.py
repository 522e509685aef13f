"""Search over entries and articles: what the bot, the look-up site and the command line use."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import structlog

from knowledge import entries as entry_files
from knowledge import follow_up, freshness, in_context, index
from knowledge.article_names import ArticleNames
from knowledge.article_ranker import ArticleRanker
from knowledge.asked_next import AskedNext, Further
from knowledge.encode import Encoder
from knowledge.entries import Entry, Topic
from knowledge.follow_up import Cues
from knowledge.in_context import Neighbours, Shares
from knowledge.index import Part, Progress
from knowledge.normalise import Words, plain
from knowledge.ranking import OFFERED, Query, Ranking, Reader
from knowledge.replaced import Replaced
from knowledge.reranker import EntryRanker
from knowledge.results import Hit, Results
from knowledge.settings import Settings
from knowledge.statutes import Article, Statutes
from knowledge.topic_shares import TopicShares
from knowledge.triage import Guesses, Triage

log = structlog.get_logger()

Ranked = list[tuple[int, float]]  # places of entries with their scores, best first
SAME_TEXT = 0.96  # cosine of two articles that say the same; below lie neighbours that differ


class Searcher:
    """Answers searches; made once, then used from any thread."""

    def __init__(self, settings: Settings, entries: list[Entry], statutes: Statutes) -> None:
        content = settings.content_dir
        self._entry_part, self._article_part = index.load(settings)
        self.entries = {entry.id: entry for entry in entries}
        self.topics: list[Topic] = entry_files.load_list(content / "topics.yml", Topic)
        self.statutes = statutes
        self._order = entries
        checked = freshness.load(content)
        self._stale = {e.id for e in entries if freshness.changes(e, checked, statutes)}
        self._articles = index.searchable(statutes, settings)
        self._replaced = Replaced.load(content, statutes)
        self._names = ArticleNames.load(content, statutes, self._replaced)
        words = Words.load(content)
        self._reader = Reader.load(content, Encoder(settings.embedding_model), entries)
        scores = self._reader.entry_scores
        shares = TopicShares(entries, scores, words) if scores else None
        self._triage = Triage.load(settings.triage_dir, words, shares)
        self._cues, self._neighbours = Cues.load(content), Neighbours.of(entries)
        self._places = {entry.id: place for place, entry in enumerate(entries)}
        self._asked_before = {
            _letters(self._reader.text(way)): entry
            for entry in entries
            for way in (entry.meta.question, *entry.meta.variants)
        }
        ranking, encoder = Ranking.load(content), Path(settings.embedding_model)
        self._asked_next = AskedNext(self.entries, self._reader, ranking.further)
        self._entry_ranker = EntryRanker.load(ranking, encoder)
        self._article_ranker = ArticleRanker.load(ranking, encoder, self._articles, entries)

    @classmethod
    def load(cls, settings: Settings, say: Progress | None = None) -> "Searcher":
        """Load the index, building it first if it is missing or out of date.

        Args:
            settings: where things lie.
            say: called with a sentence for each step of building; logged when None.

        Raises:
            ContentError: an entry or a list is wrong.
            StatutesError: the statute file is wrong.
        """
        index.build(settings, say or (lambda line: log.info("index", step=line)))
        entries = entry_files.load_all(settings.entries_dir)
        searcher = cls(settings, entries, index.load_statutes(settings))
        searcher._reader.read("")  # the first use loads the encoder
        return searcher

    def search(
        self,
        query: str,
        k: int = 5,
        context: str | None = None,
        entry: str | None = None,
        *,
        articles: bool = True,
    ) -> Results:
        """Search entries and articles.

        Args:
            query: what the citizen typed.
            k: how many hits of each kind at most.
            context: the question before it, or the `context` of the results for that one; for
                follow-ups that do not name the matter again.
            entry: the id of the entry that was shown last on that matter; unknown ids count as
                none.
            articles: whether articles are looked for where entries are sure enough to answer or
                ask back, too; that is half the time of a search.
        """
        asked, many = self._reader.read(query), max(k, OFFERED)
        named = self._names.find(asked.text)
        if named:  # an entry is looked for by its matter, not by the name of the law
            asked = self._reader.read(self._names.matter(asked.text))
        ranked = self._ranked(asked)
        alone = entries = self._hits(ranked[:many])
        if context and self._leans(query, alone):
            before = self._reader.read(follow_up.turns(context))
            together = asked.after(before)
            after = self._ranked_after(ranked, before, together, query, entry)
            entries = self._hits(after[:many])
            asked = together
        bands, scores = self._entry_ranker.bands, [hit.score for hit in entries]
        band = "answer" if named else bands.of(scores)
        hits = entries[:k]
        if articles or band == "not_sure":
            hits = hits + self._found_articles(asked, k)
        ordered = sorted(hits, key=lambda hit: -hit.score)
        kept = self._kept(query, context, alone, entries)
        return Results(query, band, named, tuple(ordered), bands.suggests(scores), kept)

    def asked_next(self, entry: str, text: str) -> tuple[list[Further], str]:
        """The further questions of an entry that a text may mean, and how sure that is.

        Sure enough to answer the first, to ask which of three, or for nothing ("not_sure").
        """
        return self._asked_next.find(entry, text)

    def guesses(self, text: str) -> Guesses:
        """First guesses at the topic and the legal-aid matter of a message; none untrained."""
        return self._triage.guess(text) if self._triage else Guesses((), ())

    def find_article(self, law: str, article: str) -> Article | None:
        """An article that may be shown, or None."""
        found = self.statutes.find(law, article)
        return found if found and not self._replaced.by(found.law, found.article) else None

    def citing(self, law: str, article: str) -> list[Entry]:
        """The entries that cite an article, in the order of the entry files."""
        wanted = (law, article)
        return [
            entry
            for entry in self._order
            if wanted in {(c.law, c.article) for c in entry.meta.citations}
        ]

    def in_force_from(self, law: str) -> str | None:
        """The day from which a law will hold, if it does not yet."""
        day = self.statutes.in_force_from(law, datetime.date.today())
        return day.isoformat() if day else None

    def newest_version(self, law: str) -> str:
        """The date of the imported version of a law; empty when it is not imported."""
        return self.statutes.versions.get(law, "")

    def is_stale(self, entry: Entry) -> bool:
        """Whether a cited law has changed since the entry was checked."""
        return entry.id in self._stale

    def _leans(self, query: str, alone: list[Hit]) -> bool:
        """Whether a question is searched with those before it, given what it finds by itself."""
        if self._cues.is_acknowledgement(query) or not self._cues.leaning(query):
            return False
        title = alone and _letters(plain(alone[0].title)) == _letters(plain(query))
        return not title and not (self._cues.stands(query) and self._sure(alone))

    def _sure(self, hits: list[Hit]) -> bool:
        return self._entry_ranker.bands.of([hit.score for hit in hits]) == "answer"

    def _kept(self, query: str, context: str | None, alone: list[Hit], found: list[Hit]) -> str:
        """What to remember of a question: what finds its answer by itself opens a matter."""
        if self._cues.is_acknowledgement(query):
            return context or ""
        same = bool(found) and alone[0].entry is found[0].entry and self._sure(alone)
        if context is None or found is alone or same:
            return follow_up.opened(query)
        return follow_up.kept(context, query)

    def _ranked_after(
        self, alone: Ranked, before: Query, together: Query, query: str, shown: str | None
    ) -> Ranked:
        """All entries for a question that leans on those before it, best first.

        `alone` is what the question finds by itself.
        """
        if self._entry_part is None or self._entry_ranker.networks is None:
            return self._ranked(together)
        weights = self._cues.weights
        near = self._only(shown) if shown in self._places else self._shares(self._ranked(before))
        return in_context.combine(
            self._shares(alone),
            self._shares(self._ranked(together)),
            self._neighbours.gain(near, weights),
            self._cues.leaning(query),
            weights,
        )

    def _shares(self, ranked: Ranked) -> Shares:
        """Each entry's share of likelihood, by its place."""
        shares = np.zeros(len(self._order), dtype=np.float32)
        for place, score in ranked:
            shares[place] = score
        return shares

    def _only(self, entry: str) -> Shares:
        shares = np.zeros(len(self._order), dtype=np.float32)
        shares[self._places[entry]] = 1
        return shares

    def _ranked(self, query: Query) -> Ranked:
        """The entries that are candidates, best first; one asked in a known way is certain."""
        if self._entry_part is None:
            return []
        ranked = self._entry_ranker.rank(self._entry_part, query)
        same = self._asked_before.get(_letters(query.text))
        if same is None:
            return ranked
        place = self._places[same.id]
        return [(place, 1.0), *(one for one in ranked if one[0] != place)]

    def _hits(self, ranked: Ranked) -> list[Hit]:
        return [Hit(score, entry=self._order[place]) for place, score in ranked]

    def _found_articles(self, query: Query, k: int) -> list[Hit]:
        if self._article_part is None:
            return []
        ranked = self._article_ranker.rank(self._article_part, query)
        naming = self._article_ranker.worth_naming
        return [
            Hit(score, article=self._articles[n], worth_naming=naming(score))
            for n, score in without_repeats(self._article_part, ranked, k)
        ]


def without_repeats(
    part: Part, ranked: Sequence[tuple[int, float]], count: int
) -> list[tuple[int, float]]:
    """The first documents, leaving out those whose text is nearly that of a better one."""
    kept: list[tuple[int, float]] = []
    for place, score in ranked:
        if len(kept) == count:
            break
        vector = part.texts.vectors[place].astype(np.float32)
        others = np.array([n for n, _ in kept], dtype=np.int64)
        if not (part.texts.cosines(vector, others) > SAME_TEXT).any():
            kept.append((place, score))
    return kept


def _letters(text: str) -> str:
    """A text without punctuation and blanks, to compare ways of asking."""
    return re.sub(r"\W+", "", text)
