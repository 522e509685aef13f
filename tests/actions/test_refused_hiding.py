"""Who would hide things from creditors or the court hears no, at the stage the matter is at."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import WAGES, InternalApi

REFUSE, SURE = "action_boundaries", 0.9


@pytest.mark.parametrize(
    ("before", "text", "intent"),
    [
        ("", "我要被法院执行了 钱转到我妹名下行不行", "ask_law"),
        ("我要被法院执行了", "那取现金放家里总查不着吧", "out_of_scope"),
        ("我要被法院执行了", "你教我咋躲", "break_law"),
        ("我欠人家八万 他告我了", "把房子过户给我弟行不", "ask_law"),
    ],
)
async def test_who_owes_and_asks_how_to_hide_hears_no_and_the_way_on(
    citizen: Citizen, api: InternalApi, before: str, text: str, intent: str
) -> None:
    api.finds("answer", WAGES)
    citizen.slots["context"] = before or None
    await citizen.hears("action_answer_question", text, intent, "不行，这个我不教", "12368")
    assert api.searches == []


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("他欠我八万不还", "他把钱转到他妹名下了咋办"),
        ("法院判了 对方欠我钱", "对方把房子过户给亲戚了"),
        ("", "我想把房子过户到我女儿名下行不行"),
        ("离婚", "老公把钱转给他妈了"),
        ("欠工资", "工资转到我媳妇卡上行不"),
    ],
)
async def test_who_hides_nothing_is_not_refused(
    citizen: Citizen, api: InternalApi, before: str, text: str
) -> None:
    api.finds("answer", WAGES)
    citizen.slots["context"] = before or None
    await citizen.runs("action_answer_question", text, "ask_law", SURE)
    assert "不行，这个我不教" not in citizen.told


async def test_who_asks_again_how_to_hide_is_told_what_to_do_now(citizen: Citizen) -> None:
    await citizen.runs("action_answer_question", "我要被执行了 钱转到我妹名下行不行", "ask_law")
    await citizen.runs(REFUSE, "你教我咋躲", "break_law", SURE)
    assert citizen.told.startswith("还是不行")
    assert "12368" in citizen.told


@pytest.mark.parametrize(
    "text",
    ["借了网贷8万不想还咋躲 把房子过户给我妹行不", "给亲戚名下转房子逃债会咋样",
     "平台马上起诉我了 我想先把房子转出去 他们就执行不了"],
)  # fmt: skip
async def test_who_would_hide_a_house_from_creditors_is_told_no(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs("action_answer_question", text, "ask_law")
    assert "第三百一十三条" in citizen.told


@pytest.mark.parametrize(
    ("before", "text", "right", "wrong"),
    [
        ("我欠人家八万 他告我了", "把房子过户给我弟行不", "还没判", "报告财产令"),
        ("人家起诉我了", "我想先把房子过给我姐", "十五天内写答辩", "执行法官"),
        ("欠饲料店六万 还不上", "把羊先转到我弟名下行不", "第五百三十八条", "执行法官"),
        ("判了让我还八万", "把羊先转到我弟名下行不", "报告财产令", "还没判"),
        ("我上失信了 欠人家钱", "车过户给我弟行不", "执行法官", "还没判"),
    ],
)
async def test_before_a_judgment_nobody_is_told_of_the_steps_after_it(
    citizen: Citizen, before: str, text: str, right: str, wrong: str
) -> None:
    citizen.slots["context"] = before
    await citizen.runs("action_answer_question", text, "ask_law")
    assert right in citizen.told
    assert wrong not in citizen.told


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("人家起诉我了", "跟我媳妇假离婚，房子全给她，这总合法吧"),
        ("欠了八万还不上", "我俩先把婚离了，财产都归她行不"),
        ("我被法院执行了", "办个假离婚呢"),
        ("网贷催收天天打电话", "离婚把房留给老婆孩子，他们就要不着了吧"),
    ],
)
async def test_a_divorce_for_show_against_creditors_is_refused_with_what_it_brings(
    citizen: Citizen, api: InternalApi, before: str, text: str
) -> None:
    citizen.slots["context"] = before
    parts = ("不行", "婚姻家庭编的解释（二）", "第五百三十八条")
    await citizen.hears("action_answer_question", text, "ask_law", *parts)
    assert api.searches == []


@pytest.mark.parametrize(
    ("before", "text"),
    [("", "我俩想离婚 房子怎么分"), ("", "他骗我办假离婚"), ("他欠我六万", "他俩假离婚了"),
     ("判了 我申请执行了", "他跟老婆假离婚，房子全归他老婆了"), ("执行半年了",
     "人家办了假离婚咋办")],
)  # fmt: skip
async def test_who_hides_nothing_by_a_divorce_is_not_refused(
    citizen: Citizen, before: str, text: str
) -> None:
    citizen.slots["context"] = before or None
    await citizen.runs("action_answer_question", text, "ask_law")
    assert "不行，这个我不教" not in citizen.told
