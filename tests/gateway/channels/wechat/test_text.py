"""Text fits into messages, and nothing is lost on the way."""

import math
import re

from hypothesis import given
from hypothesis import strategies as st

from gateway.channels.wechat.text import LIMIT, capacity, clean, parts, shorten, size

WORDS = st.lists(st.sampled_from(["工资。", "您可以", "，", "《民法典》", "a", " ", "\n", "😀"]))
LONG = WORDS.map(lambda words: "".join(words) * 40)


def letters(text: str) -> str:
    """Returns the text without space, which a cut may drop."""
    return re.sub(r"\s", "", text)


@given(LONG)
def test_parts_fit_and_hold_everything(text: str) -> None:
    pieces = parts(text, 300)
    assert all(size(piece) <= 300 for piece in pieces)
    bodies = [re.sub(r"^\(\d+/\d+\)\n", "", piece) for piece in pieces]
    assert letters("".join(bodies)) == letters(text)


@given(LONG)
def test_parts_are_as_few_as_can_be(text: str) -> None:
    text = clean(text)
    fewest = 1 if size(text) <= 300 else math.ceil(size(text) / capacity(1, 300))
    assert len(parts(text, 300)) == fewest


def test_parts_are_numbered_and_end_with_a_sentence() -> None:
    pieces = parts("这是第一句。这是第二句，比较长一点。" * 60)
    assert [piece.split("\n")[0] for piece in pieces] == ["(1/2)", "(2/2)"]
    assert all(piece.endswith("。") for piece in pieces)


def test_text_that_fits_is_left_alone() -> None:
    assert parts("好" * 682) == ["好" * 682]
    assert shorten("好" * 682, LIMIT, "…") == "好" * 682


def test_shortened_text_ends_at_a_sentence_and_says_so() -> None:
    short = shorten("这是一句。" * 500, LIMIT, "没有完")
    assert short.endswith("这是一句。\n没有完")
    assert size(short) <= LIMIT


@given(LONG)
def test_shortened_text_fits(text: str) -> None:
    assert size(shorten(text, 300, "没有完")) <= 300


def test_text_without_a_place_to_cut_is_cut_between_characters() -> None:
    pieces = parts("😀" * 600)
    assert all(size(piece) <= LIMIT for piece in pieces)
    assert sum(piece.count("😀") for piece in pieces) == 600


def test_characters_that_xml_forbids_are_dropped() -> None:
    assert clean(" a\x00b\x0b\ud800\ufffec\n😀 ") == "abc\n😀"
