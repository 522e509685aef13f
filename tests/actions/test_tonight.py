"""Who has nowhere to sleep hears where to go tonight, in few words and first."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.wording import listed
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import InternalApi


@pytest.mark.parametrize(
    "text",
    [
        "老人被儿子赶出来 今晚没地方住",
        "今晚我住哪",
        "人没事 没打我 就是没地方住 我在外面",
        "只能睡车站了",
    ],
)
@pytest.mark.parametrize("action", ["action_answer_question", "action_boundaries"])
async def test_where_to_go_tonight_is_said_first(
    citizen: Citizen, api: InternalApi, text: str, action: str
) -> None:
    await citizen.runs(action, text, "nlu_fallback", 0.3)
    for place in ("苏木乡镇政府", "救助站", "12345", "110"):
        assert place in citizen.told
    assert api.searches == []


@pytest.mark.parametrize(
    "text",
    [
        "离婚后房子归谁",
        "房子给了儿子，怎么保证我有地方住",
        "他住哪我不知道",
        "去哪办",
        "危房没地方住，享受不到搬迁",
    ],
)
async def test_who_has_a_bed_is_answered_as_ever(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs("action_answer_question", text, "ask_law")
    assert "今晚先有地方住" not in citizen.told


async def test_a_title_that_was_offered_is_shown(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_answer_question", "今晚没地方住", "ask_law")
    await citizen.runs("action_answer_question", listed("tonight", "titles")[0], "ask_law")
    assert api.searches[-1]["q"] == listed("tonight", "titles")[0]


def test_what_is_offered_is_in_the_library() -> None:
    entries = Path("knowledge/content/entries").glob("*/*.md")
    heads = {line for one in entries for line in one.read_text("utf-8").splitlines()[:4]}
    assert [one for one in listed("tonight", "titles") if f"question: {one}" not in heads] == []
