"""Quiz questions that are true by construction: a number blanked in the law's own words.

The right choice is what stands in the article; a wrong choice is a number with the same unit that
the article has nowhere. Nothing is asked where the article's text is not imported.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.entries import Citation, Entry
from knowledge.search import Searcher

BLANK = "（　）"
MOST_ITEMS = 3
WRONG_CHOICES = 2
LONGEST_SENTENCE = 110
# Numbers as statutes write them, in order, and the units that they are asked with.
ONES = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
NUMERALS = (*ONES, "十五", "二十", "三十", "四十五", "六十", "九十")
DIGITS = ("1", "2", "3", "5", "7", "10", "15", "20", "30", "45", "60", "90")
UNITS = ("个工作日", "个月", "周岁", "年", "日", "天", "倍")
_NUMBER = re.compile(
    rf"(?<![第〇零一二三四五六七八九十百千万0-9之至到])([一二三四五六七八九十]+|[0-9]+)({'|'.join(UNITS)})"
    r"(?![〇零一二三四五六七八九十百0-9月])"
)


@dataclass(frozen=True)
class Item:
    """One question: the sentence with its blank, the choices by size, and the right one."""

    law: str
    article: str
    asked: str
    choices: tuple[str, ...]
    right: str
    sentence: str


def items(entry: Entry, searcher: Searcher) -> list[Item]:
    """The questions that an entry's citations allow, one of each article, three at most.

    None of a stale entry, and none of a law that does not hold yet.
    """
    if searcher.is_stale(entry):
        return []
    found = []
    for cited in entry.meta.citations:
        article = searcher.find_article(cited.law, cited.article)
        if article and searcher.in_force_from(cited.law) is None:
            found += [item for item in [next(items_of(cited, article.text), None)] if item]
    return found[:MOST_ITEMS]


def items_of(cited: Citation, text: str) -> Iterator[Item]:
    """The questions about one article: each number of a proof phrase, in the proof's sentence."""
    for proof in [cited.proof] if isinstance(cited.proof, str) else cited.proof:
        sentence = _sentence_with(proof, text)
        for number in _NUMBER.finditer(proof):
            wrong = _wrong_choices(number[1], number[2], text)
            # Asked only where the blank is the one place of its words: else it would be told.
            if sentence.count(number[0]) == 1 and len(wrong) == WRONG_CHOICES:
                choices = sorted([number[0], *wrong], key=_size)
                asked = sentence.replace(number[0], BLANK)
                yield Item(cited.law, cited.article, asked, tuple(choices), number[0], sentence)


def _sentence_with(proof: str, text: str) -> str:
    """The sentence of an article that holds a phrase; empty where it is too long to be read."""
    for sentence in re.split(r"(?<=[。；])|\n", text):
        if proof in sentence and len(sentence) <= LONGEST_SENTENCE:
            return re.sub(r"^（[一二三四五六七八九十]+）", "", sentence.strip())
    return ""


def _wrong_choices(right: str, unit: str, text: str) -> list[str]:
    """The numbers nearest to the right one that the article has nowhere with this unit."""
    ladder = DIGITS if right.isdigit() else NUMERALS
    if right not in ladder:
        return []
    place = ladder.index(right)
    others = [one for one in ladder if one != right and f"{one}{unit}" not in text]
    nearest = sorted(others, key=lambda one: (abs(ladder.index(one) - place), ladder.index(one)))
    return [f"{one}{unit}" for one in nearest[:WRONG_CHOICES]]


def _size(choice: str) -> int:
    number = next(iter(re.findall(r"^[0-9一二三四五六七八九十]+", choice)))
    return int(number) if number.isdigit() else NUMERALS.index(number) * 2
