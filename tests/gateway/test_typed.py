"""What citizens type becomes plain words."""

import pytest

from gateway.typed import chosen_option, is_wordless, plain_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  你好 ", "你好"),
        ("/greet", "greet"),
        ("\ufeff\u2060／／greet{}", "greet{}"),
        ("external:/greet", "greet"),
        ("EXTERNAL： /EXTERNAL: greet", "greet"),
        ("1/2 的工资", "1/2 的工资"),
        ("见 /lookup", "见 /lookup"),
    ],
)
def test_nothing_in_front_is_read_as_a_command(typed: str, words: str) -> None:
    assert plain_words(typed) == words


@pytest.mark.parametrize("text", ["", "。。。", "❤️", "\U0001f44d\U0001f3fd", "——"])
def test_no_letter_and_no_digit_is_wordless(text: str) -> None:
    assert is_wordless(text)


@pytest.mark.parametrize("text", ["1", "嗯", "ᠰᠠᠶᠢᠨ", "ok", "①"])
def test_any_letter_or_digit_is_a_word(text: str) -> None:
    assert not is_wordless(text)


OPTIONS = [f"选项{letter}" for letter in "甲乙丙丁戊己庚辛壬癸子丑"]


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("1", 0),
        ("１", 0),
        ("一", 0),
        ("①", 0),
        ("(2)", 1),
        ("选2", 1),
        ("我选二", 1),
        ("回复3", 2),
        ("第三个", 2),
        ("3号", 2),
        ("4。", 3),
        ("5️⃣", 4),
        ("十", 9),
        ("十二", 11),
        ("12", 11),
    ],
)
def test_a_number_names_an_option(typed: str, index: int) -> None:
    assert chosen_option(typed, OPTIONS) == OPTIONS[index]


@pytest.mark.parametrize("typed", ["0", "13", "99", "一百", "2个月", "3000元", "第一次", "选", ""])
def test_other_numbers_are_words_of_their_own(typed: str) -> None:
    assert chosen_option(typed, OPTIONS) is None


@pytest.mark.parametrize(
    "typed",
    ["就第二个", "看第二个", "我要第二个吧", "先说第2个", "问第二条", "那就第二个的", "点第2个，"],
)  # fmt: skip
def test_a_place_is_read_in_the_words_around_it(typed: str) -> None:
    assert chosen_option(typed, OPTIONS) == OPTIONS[1]


@pytest.mark.parametrize("typed", ["我要两个", "第二个孩子", "看第二次", "先说两个事", "问2个"])
def test_a_quantity_or_more_words_is_no_place(typed: str) -> None:
    assert chosen_option(typed, OPTIONS) is None


def test_a_number_that_is_itself_an_option_is_taken_as_said() -> None:
    assert chosen_option("2", ["0", "1", "2"]) is None
