"""Finding words about days in a text and reading them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache

from eligibility.errors import FactError
from eligibility.numerals import read_numeral
from eligibility.when import festive, solar, until
from eligibility.when.said import Candidate, Said
from eligibility.when.stretches import Reading
from eligibility.when.words import NUMBER, note, question, shapes, words

READERS: dict[str, Callable[[re.Match[str], date], Reading | None]] = {
    "solar": solar.solar,
    "month_day": solar.month_day,
    "offset": solar.offset,
    "just": solar.just,
    "ago": solar.ago,
    "few_ago": solar.few_ago,
    "some_ago": solar.some_ago,
    "loosely_ago": solar.loosely_ago,
    "until": until.until,
    "weekday": solar.weekday,
    "week": solar.week,
    "month": solar.month,
    "month_stretch": solar.month_stretch,
    "month_part": solar.month_part,
    "year_stretch": solar.year_stretch,
    "vague": solar.vague,
    "lunar": festive.lunar_day,
    "either": festive.either,
    "lunar_month": festive.lunar_month,
    "lunar_stretch": festive.lunar_stretch,
    "festival": festive.festival,
    "festival_around": festive.festival_around,
}
WEAK = {"just", "vague", "year_stretch"}
# Kinds that name no year or month of their own unless one of `FIXED` is said.
OPEN = {"solar", "month_day", "lunar", "either", "lunar_month", "festival", "weekday", "month_part"}
OPEN |= {"month", "lunar_stretch"}
FIXED = ("year", "year2", "year_word", "year_word2", "month_word", "week")
WEEKS_AHEAD = 60  # a lunar year and a bit
CLOCK_REACH = 12
CAME_REACH = 4
DUE_REACH = 10  # characters: 「11月30号工伤仲裁就到期」
NOON = 12
READ_LATELY = 32  # texts: a dozen readers of one message ask for its days


@dataclass(frozen=True)
class _Mention:
    said: Said
    kind: str
    weak: bool
    open: bool = False


def understand(text: str, today: date) -> Said:
    """Return the day a text speaks of, the possible ones, or a question.

    Where several days are named, the one next to a word of receiving counts, else the one on which
    something became known. A day still to come
    on which something is said to end (「11月30号到期」) is none of them: see `due`.
    """
    plain = normal(text)
    found = _mentions(plain, today)
    begun = [one for one in found if _due(plain, one, found, today) is None]
    strong = [one for one in begun if not one.weak] or begun
    days = {one.said.candidates for one in strong}
    if len(days) > 1:
        strong = _one_that_counts(plain, strong, found)
        if len(strong) != 1:
            return _which(plain, [one.said for one in strong])
    if not strong:
        return Said((), question("unclear"), "", 0, 0)
    said = strong[0].said
    return replace(said, clock=_clock(plain, said))


def mentions(text: str, today: date) -> list[Said]:
    """Return every day a text speaks of, in the order of the text; one that is due lies ahead."""
    plain = normal(text)
    found = _mentions(plain, today)
    return [_due(plain, one, found, today) or one.said for one in found]


def due(text: str, today: date) -> date | None:
    """Return the one day still to come on which a text says that something ends, None else."""
    plain = normal(text)
    found = _mentions(plain, today)
    ends = {said.day for one in found if (said := _due(plain, one, found, today))}
    return ends.pop() if len(ends) == 1 else None


def fallen_due(text: str, today: date) -> Said | None:
    """Return the one day, stretch or year on which a text says that something fell due."""
    plain = normal(text)
    found = _mentions(plain, today)
    listed = "|".join(words()["fell_due"])
    after = re.compile(f"[^,。;!?]{{0,6}}?(?:{listed})")
    before = re.compile(f"(?:{listed})(?:日子?|时间|的日子)?(?:就?是|在|到)?$")
    due_then = [
        one.said
        for one in found
        if after.match(plain[one.said.end :]) or before.search(plain[: one.said.start])
    ]
    return due_then[0] if len(due_then) == 1 and due_then[0].candidates else None


def nears_a_mark(text: str, today: date) -> bool:
    """Return whether a text says how long it still is to a full year or so."""
    return any(one.kind == "until" for one in _mentions(normal(text), today))


def received(text: str) -> bool:
    """Return whether a text says that something came."""
    plain = normal(text)
    return any(word in plain for word in words()["receives"])


def is_likely_ahead(said: Said, today: date) -> bool:
    """Return whether a day said without a year is nearer when taken as the next than the last."""
    for one in _mentions(said.words, today):
        ahead = _ahead(one, today)
        return one.open and ahead.day is not None and _is_nearer(ahead.day, one.said, today)
    return False


def _due(plain: str, mention: _Mention, found: Sequence[_Mention], today: date) -> Said | None:
    """Return what a mention means where something is said to end on it and it is still to come."""
    if _received(plain, mention, found) or not _said_to_end(plain, mention, found):
        return None
    ahead = _ahead(mention, today)
    if ahead.day is None or (mention.open and not _is_nearer(ahead.day, mention.said, today)):
        return None
    return ahead


def _said_to_end(plain: str, mention: _Mention, found: Sequence[_Mention]) -> bool:
    later = [one.said.start for one in found if one.said.start >= mention.said.end]
    after = plain[mention.said.end : min(later, default=len(plain))][:DUE_REACH]
    listed = words()
    if re.match(f"[^,。;!?]*?(?:{'|'.join(listed['due_after'])})(?!了)", after):
        return True
    before = f"(?:{'|'.join(listed['due_before'])})(?:{'|'.join(listed['due_joins'])})?$"
    return bool(re.search(before, plain[: mention.said.start]))


def _is_nearer(ahead: date, said: Said, today: date) -> bool:
    gone = said.candidates
    return not gone or gone[0].first >= today or ahead - today <= today - gone[0].first


def coming(text: str, today: date) -> Said:
    """Return the day still to come that a text speaks of: a day without a year is the next one.

    Days of which something was received, and days gone by, are none.
    """
    plain = normal(text)
    found = _mentions(plain, today)
    ahead = [
        said
        for one in found
        if not _received(plain, one, found) and (said := _ahead(one, today)).candidates
    ]
    if len({one.candidates for one in ahead}) > 1:
        return _which(plain, ahead)
    return ahead[0] if ahead else Said((), question("unclear"), "", 0, 0)


def _ahead(mention: _Mention, today: date) -> Said:
    """Return what a mention means among the days to come; no candidates where none is meant."""
    words_said = mention.said.words
    for week in range(WEEKS_AHEAD if mention.open else 1):
        read = _mentions(words_said, today + timedelta(days=7 * week))
        days = [day for one in read for day in one.said.candidates if day.first >= today]
        if days:
            shown = tuple(_not_recent(day) for day in days)
            return replace(mention.said, candidates=shown, question=None)
    return replace(mention.said, candidates=())


def _not_recent(day: Candidate) -> Candidate:
    """Drop the assumption that the last such day gone by is meant."""
    return replace(day, assumed=None) if day.assumed == note("recent", day=day.first) else day


def normal(text: str) -> str:
    """Return a text in half-width signs, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


@lru_cache(READ_LATELY)
def _mentions(plain: str, today: date) -> tuple[_Mention, ...]:
    """Read every shape; of those that overlap, the one that begins first, then the longest.

    A day that is taken back for the next one (「31号，不对，30号」, 「不是31号，是30号」) is none.
    """
    found = sorted(_read(plain, today), key=lambda one: (one.said.start, -one.said.end))
    kept: list[_Mention] = []
    for one in found:
        if not kept or one.said.start >= kept[-1].said.end:
            kept.append(one)
    corrected = re.compile(words()["corrects"])
    denied, instead = re.compile(words()["denied_day"]), re.compile(words()["instead"])
    return tuple(
        one
        for one, later in zip(kept, [*kept[1:], None], strict=False)
        if later is None
        or not (
            corrected.fullmatch(between := plain[one.said.end : later.said.start])
            or (denied.search(plain[: one.said.start]) and instead.fullmatch(between))
        )
    )


def _read(plain: str, today: date) -> Iterator[_Mention]:
    for shape in shapes():
        for match in shape.pattern.finditer(plain):
            reading = _reading(shape.kind, match, today)
            if reading is None or _only_talked_of(plain, match):
                continue
            asked = question(reading.question) if reading.question else None
            days = _with_slack(plain, match, reading.candidates, today)
            said = Said(days, asked, match[0], *match.span())
            bare = shape.kind == "weekday" and not match["week"]
            told = match.groupdict()
            fixed = shape.kind not in OPEN or any(told.get(name) for name in FIXED)
            yield _Mention(said, shape.kind, weak=shape.kind in WEAK or bare, open=not fixed)


def _with_slack(
    plain: str, match: re.Match[str], days: tuple[Candidate, ...], today: date
) -> tuple[Candidate, ...]:
    """Return days of which 大概 or 左右 is said with the days by which they may be off.

    Of 快一年了 less than a year is gone.
    """
    listed, before = words(), plain[: match.start()]
    if re.search(f"(?:{'|'.join(listed['almost'])})有?$", before):
        return tuple(replace(one, last=one.first + timedelta(one.slack), slack=0) for one in days)
    about = re.search(f"(?:{'|'.join(listed['about_before'])})$", before)
    about = about or re.match("|".join(listed["about_after"]), plain[match.end() :])
    if about is None:
        return days
    return tuple(
        replace(one, slack=max(one.slack, 2, min((today - one.first).days // 10, 7)))
        if one.first == one.last < today
        else one
        for one in days
    )


def _only_talked_of(plain: str, match: re.Match[str]) -> bool:
    """Return whether 「刚才」 goes back to what was said: nothing came right after it."""
    after = plain[match.end() : match.end() + CAME_REACH]
    came = any(word in after for word in words()["receives"])
    return match[0] in words()["talked_of"] and match[0] != plain and not came


def _reading(kind: str, match: re.Match[str], today: date) -> Reading | None:
    try:
        return READERS[kind](match, today)
    except FactError:
        return Reading((), "no_such_day")


def _one_that_counts(
    plain: str, strong: list[_Mention], found: Sequence[_Mention]
) -> list[_Mention]:
    """Return the one of several days that was that of receiving or of knowing; else all."""
    for kind in ("receives", "knows"):
        told = [one for one in strong if _followed(plain, one, found, kind)]
        if told:
            return told if len(told) == 1 else strong
    return strong


def _received(plain: str, mention: _Mention, found: Sequence[_Mention]) -> bool:
    """Return whether a word of receiving follows before the next day."""
    return _followed(plain, mention, found, "receives")


def _followed(plain: str, mention: _Mention, found: Sequence[_Mention], kind: str) -> bool:
    later = [one.said.start for one in found if one.said.start >= mention.said.end]
    after = plain[mention.said.end : min(later, default=len(plain))]
    return any(word in after for word in words()[kind])


def _which(plain: str, said: list[Said]) -> Said:
    candidates: tuple[Candidate, ...] = tuple(
        dict.fromkeys(candidate for one in said for candidate in one.candidates)
    )
    return Said(candidates, question("which_one"), plain, 0, len(plain))


def _clock(plain: str, said: Said) -> time | None:
    """Return the time of day said with a day."""
    periods = words()["day_periods"]
    listed = "|".join(sorted(periods, key=len, reverse=True))
    marks = "|".join(words()["quarters"])
    shape = rf"(?P<period>{listed})?的?(?P<hour>{NUMBER})(?:点|:|时)(?P<rest>半|{marks}|{NUMBER})?"
    match = re.search(shape, plain[said.start : said.end + CLOCK_REACH])
    hour = read_numeral(match["hour"]) if match else None
    if match is None or hour is None or hour > 24:
        return None
    hour += periods.get(match["period"], 0) if hour < NOON else 0
    return time(int(hour) % 24, _minutes(match["rest"]))


def _minutes(rest: str | None) -> int:
    if not rest:
        return 0
    if rest == words()["half"]:
        return 30
    quarter = words()["quarters"].get(rest)
    minutes = read_numeral(rest) if quarter is None else quarter
    return int(minutes) if minutes is not None and minutes < 60 else 0
