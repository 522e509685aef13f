"""Danger gets its numbers whatever else happens."""

from __future__ import annotations

import pytest

from actions.errors import NotFound
from actions.wording import say
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import WAGES, InternalApi


async def test_danger_opens_an_urgent_case(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_safety", "我不想活了", "danger")
    assert "12356" in citizen.told
    assert [case["urgency"] for case in api.cases] == ["danger"]


async def test_what_only_sounds_like_danger_gets_the_numbers_and_its_answer(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_safety", "老板欠我工资还打我", "danger", confidence=0.7)
    assert "110" in citizen.told
    assert WAGES["title"] in citizen.told or "《" in citizen.told
    assert api.cases == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "no such page"])
async def test_the_numbers_are_said_where_no_case_can_be_opened(
    citizen: Citizen, api: InternalApi, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    if address == "no such page":
        monkeypatch.setattr("actions.clients.desk.call", _not_found)
    else:
        monkeypatch.setenv("INTERNAL_URL", address)
    await citizen.runs("action_safety", "我不想活了", "danger")
    assert "12356" in citizen.told
    assert "马上打 110" in citizen.told


async def _not_found(*_: object, **__: object) -> None:
    raise NotFound("/v1/cases")


async def test_being_in_a_hurry_is_no_urgent_case(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_safety", "快点 他在旁边等着", "danger", confidence=0.83)
    assert "110" in citizen.told
    assert api.cases == []


@pytest.mark.parametrize(
    "text", ["孩子上个月在学校被同学打了", "他以前打过我两次", "前年他把我打伤了能告他吗"]
)
async def test_what_is_over_is_answered_first_and_is_no_urgent_case(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_safety", text, "danger", confidence=0.97)
    assert api.cases == []
    assert citizen.told.index(WAGES["answer"]) < citizen.told.index("110")


@pytest.mark.parametrize(
    "text", ["他以前打过我 现在又在踹门", "他上次打我 今晚又来了", "他喝多了又动手了"]
)
async def test_what_is_again_is_urgent(citizen: Citizen, api: InternalApi, text: str) -> None:
    await citizen.runs("action_safety", text, "danger", confidence=0.97)
    assert len(api.cases) == 1


async def test_the_numbers_are_left_out_where_nobody_is_harmed(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("not_sure", {**WAGES, "topic": "family_support"})
    api.results["suggests"] = True
    await citizen.runs("action_safety", "我儿子不养我", "danger", confidence=0.49)
    assert "110" not in citizen.told
    assert citizen.options[0] == WAGES["title"]


async def test_the_numbers_are_left_out_where_the_library_is_sure_of_a_peaceful_matter(
    citizen: Citizen, api: InternalApi
) -> None:
    peaceful = {**WAGES, "topic": "elderly"}
    api.finds("ask_back", peaceful)
    await citizen.runs("action_safety", "我儿子把我的存折拿走了", "danger", confidence=0.8)
    assert "110" in citizen.told, "it is not sure"
    api.finds("answer", peaceful)
    await citizen.runs("action_safety", "我儿子把我的存折拿走了不给我", "danger", confidence=0.8)
    assert "110" not in citizen.told


async def test_the_numbers_are_left_out_where_the_words_tell_a_peaceful_matter(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_safety", "老板把我开了", "danger", confidence=0.8)
    assert "110" not in citizen.told


async def test_the_numbers_are_said_where_the_library_finds_nothing_peaceful(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_safety", "他又来了", "danger", confidence=0.58)
    assert "110" in citizen.told


async def test_the_numbers_are_said_where_the_library_is_away(
    citizen: Citizen, api: InternalApi
) -> None:
    api.down = True
    await citizen.runs("action_safety", "他以前打过我", "danger", confidence=0.7)
    assert "110" in citizen.told


async def test_who_was_put_into_the_queue_is_told_how_to_leave_it(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_safety", "我儿子在学校被人打了", "danger")
    assert "不等了" in citizen.told


@pytest.mark.parametrize(
    "text",
    [
        *("没人打人 就是娃归谁", "已经送医院了 现在问钱谁出", "开玩笑的 没真要杀"),
        *("我没被打 就是吵得睡不着", "我说了没人有危险 问的是能关多久", "走了 锅钱能要不"),
    ],
)
async def test_what_is_denied_is_answered_without_numbers(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_safety", text, "danger", confidence=0.97)
    assert api.cases == []
    assert WAGES["answer"] in citizen.told
    assert "110" not in citizen.told


async def test_who_is_held_already_is_answered_and_put_before_nobody(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_safety", "他老打我 工资也不给", "danger", held=True)
    assert api.cases == []
    assert WAGES["answer"] in citizen.told
    api.finds("unsure")
    await citizen.runs("action_safety", "我带孩子在厨房他在客厅", "danger", held=True)
    assert citizen.told == ""
    assert api.cases == []


FORMS = ["eligibility_form", "deadline_form", "after_application_form"]


@pytest.mark.parametrize("form", FORMS)
async def test_what_only_sounds_like_danger_lets_the_form_go_on(
    citizen: Citizen, api: InternalApi, form: str
) -> None:
    citizen.loop = form
    api.finds("not_sure")
    done = await citizen.runs("action_safety", "邻居堵我家门", "danger", confidence=0.7)
    assert citizen.texts == [say("safety", "maybe")]
    assert citizen.options == []
    assert done[-1]["event"] == "followup"
    assert done[-1]["name"] == form
    assert api.cases == []


@pytest.mark.parametrize("form", FORMS)
async def test_danger_comes_before_the_form_and_the_form_goes_on_after_it(
    citizen: Citizen, api: InternalApi, form: str
) -> None:
    citizen.loop = form
    done = await citizen.runs("action_safety", "他现在正在打我", "danger")
    assert "110" in citizen.texts[0].splitlines()[0]
    assert say("safety", "goes_on") in citizen.told
    assert done[-1]["event"] == "followup"
    assert done[-1]["name"] == form
    assert len(api.cases) == 1


async def test_who_hit_somebody_is_not_told_what_is_for_who_was_hit(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_answer_question", "我把我前妻打了 她要告我", "ask_law")
    await citizen.runs("action_safety", "脸肿了 她去验伤了", "danger", confidence=0.97)
    assert api.cases == []
    assert "110" not in citizen.told
    await citizen.runs("action_safety", "她现在带人来打我", "danger", confidence=0.97)
    assert len(api.cases) == 1


@pytest.mark.parametrize(
    "text",
    ["我在家里走不动 能上门不", "我家里没人了 就我一个 吃饭都费劲", "她把孩子带走了不让我看"],
)
async def test_where_no_word_tells_of_harm_nobody_is_put_before_the_queue(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_safety", text, "danger", confidence=0.97)
    assert api.cases == []
    assert WAGES["answer"] in citizen.told


async def test_who_is_frail_is_not_asked_who_hurts_him(citizen: Citizen, api: InternalApi) -> None:
    api.finds("unsure")
    await citizen.runs("action_safety", "家里没人了 就我一个 吃饭都费劲", "danger", confidence=0.97)
    assert "110" not in citizen.told
    await citizen.runs("action_safety", "我走不动 儿子拿棍子打我", "danger", confidence=0.7)
    assert "110" in citizen.told


@pytest.mark.parametrize(
    "text",
    [
        "旗公安局打电话让我去一趟，我害怕",
        "派出所叫我去做笔录 心里害怕",
        "法院传票来了 我害怕",
        "经侦让我去说明情况 吓得我睡不着",
    ],
)
async def test_who_is_called_to_an_office_is_in_no_danger(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs("action_safety", text, "danger", confidence=0.97)
    assert "110" not in citizen.told
    assert api.cases == []


async def test_who_is_called_to_an_office_and_threatened_is(
    citizen: Citizen, api: InternalApi
) -> None:
    text = "派出所让我去一趟 他说去了就打死我"
    await citizen.runs("action_safety", text, "danger", confidence=0.97)
    assert "110" in citizen.told


@pytest.mark.parametrize(
    "text",
    ["没打我啊,我爸没打我,就是他老出去打麻将不管我,我就想跟我妈", "老公没打过我 就问离婚"],
)
async def test_who_says_that_nobody_hit_is_answered_without_numbers_and_is_no_urgent_case(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_safety", text, "danger", confidence=0.97)
    assert api.cases == []
    assert "马上打 110" not in citizen.told
    assert say("safety", "maybe") not in citizen.told
