"""Whose share it is after a death is said of who is asked about, in the order of the law."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.wording import listed, say
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

ASK = "action_answer_question"
HALF = "第一千一百五十三条"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("我爹没了留下三间房", "我妈那份呢 她算不算有一半"),
        ("我爸没了，房子怎么分", "我妈那份呢"),
        ("", "我男人没了 公婆把草场证拿走 说没我份 我是他媳妇"),
        ("", "我男人去年没了 房子是我俩结婚以后盖的 公婆不让我住"),
        ("我男人死了", "他的房子公婆要撵我"),
    ],
)
async def test_the_spouse_has_half_first_and_a_share_of_the_rest(
    citizen: Citizen, api: InternalApi, before: str, text: str
) -> None:
    citizen.slots["context"] = before or None
    await citizen.runs(ASK, text, "ask_law")
    assert citizen.told.index(HALF) < citizen.told.index("第一千一百二十七条")
    assert api.searches == []


async def test_what_only_sounds_like_danger_gets_the_share(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_safety", "我爸没了 我妈那份呢", "danger", 0.5)
    assert HALF in citizen.told
    assert api.cases == []


async def test_a_child_has_a_share_whatever_the_sex(citizen: Citizen, api: InternalApi) -> None:
    citizen.slots["context"] = "我爸没了，房子怎么分"
    await citizen.runs(ASK, "我妹那份呢", "ask_law")
    assert "第一千一百二十六条" in citizen.told


async def test_pasture_is_not_inherited_like_a_house(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs(ASK, "我男人没了 公婆把草场证拿走 说没我份", "ask_law")
    assert "一户一户包" in citizen.told
    assert citizen.options[0] == say("shares", "land_title")


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", "我妈那份呢"),
        ("老板欠我们工资", "我弟那份呢"),
        ("我男人在工地摔死了 赔偿款怎么分", "公婆说没我份"),
        ("爷爷没了 我爸走得早", "孙子能分我爸那份吗"),
        ("我男人没了 欠了一屁股债", "我妈那份呢"),
        ("公公没了", "儿媳那份呢"),
    ],
)
async def test_other_money_and_other_relatives_are_searched(
    citizen: Citizen, api: InternalApi, before: str, text: str
) -> None:
    citizen.slots["context"] = before or None
    await citizen.runs(ASK, text, "ask_law")
    assert api.searches
    assert HALF not in citizen.told


def test_what_is_offered_is_in_the_library() -> None:
    entries = Path("knowledge/content/entries").glob("*/*.md")
    heads = {line for one in entries for line in one.read_text("utf-8").splitlines()[:4]}
    titles = [
        *listed("shares", "titles"),
        say("shares", "land_title"),
    ]
    assert [one for one in titles if f"question: {one}" not in heads] == []


async def test_a_brother_of_the_dead_is_not_told_a_childs_share(
    citizen: Citizen, api: InternalApi
) -> None:
    lines = "老人有老伴、儿女的，兄弟不继承。"
    ENTRIES["inheritance/intestate-order"] = {
        **WAGES,
        "docid": "inheritance/intestate-order",
        "body": lines,
    }
    citizen.slots["context"] = "大爷没了半年了 家里四个儿女为那套房吵"
    await citizen.runs(ASK, "我爸是他弟弟有份吗", "ask_law")
    assert lines in citizen.told
    assert "儿女都有份" not in citizen.told
