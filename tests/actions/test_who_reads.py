"""Who is afraid that somebody hears of it learns who can read what is said here."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.wording import listed, say
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import InternalApi


@pytest.mark.parametrize(
    ("text", "intent", "action"),
    [
        ("能不能别告诉我妈", "predict_outcome", "action_boundaries"),
        ("别让我老公知道", "ask_law", "action_answer_question"),
        ("我说的这些谁能看到", "ask_law", "action_answer_question"),
        ("会不会被家里人看到", "deny", "action_deny"),
        ("你会保密吗", "are_you_human", "action_are_you_human"),
        ("不会告诉老板吧", "ask_law", "action_answer_question"),
    ],
)
async def test_who_asks_is_told_who_reads(
    citizen: Citizen, api: InternalApi, text: str, intent: str, action: str
) -> None:
    await citizen.hears(action, text, intent, "不会去找您家里人", "删除我的信息")


@pytest.mark.parametrize(
    "text", ["能不能不让他看孩子", "老公不告诉我钱在哪", "别人欠我钱", "他不让我出门"]
)
async def test_a_matter_in_which_somebody_is_kept_from_something_is_searched(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs("action_answer_question", text, "ask_law")
    assert "不会去找您家里人" not in citizen.told
    assert len(api.searches) == 1


@pytest.mark.parametrize(
    "text",
    [
        "他要是知道我问这个可咋办 手机他老翻",
        "他没在跟前 我是说聊天记录他看见咋办",
        "他老翻我手机",
        "老公天天查我微信",
        "怕他看见聊天记录",
        "婆婆偷看我手机咋整",
        "要是他知道我问你了咋办",
    ],
)
async def test_whose_phone_is_searched_learns_how_to_wipe_it(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.hears("action_safety", text, "danger", "删除我的信息", "手机来问")
    assert "110" not in citizen.told


@pytest.mark.parametrize(
    "text", ["他偷我手机咋办", "老公翻我手机违法吗", "看聊天记录能当证据吗", "他欠钱有微信记录"]
)
async def test_a_phone_in_another_matter_is_not_about_who_reads(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs("action_answer_question", text, "ask_law")
    assert "手机来问" not in citizen.told


def test_it_says_what_the_page_on_privacy_says() -> None:
    page = Path("gateway/channels/web/privacy.md").read_text("utf-8")
    for promise in (
        "您没有找律师，律师就看不到",
        "写清理由能看一会儿",
        "不卖，不给别人",
        "法律规定必须提供的除外",
    ):
        assert promise in page
    assert "每次看都留记录" in say("who_reads", "answer")


async def test_who_wants_to_learn_is_offered_things_to_learn(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_lesson", "学点法律", "lesson")
    assert citizen.options == listed("lesson", "topics") == citizen.slots["offered"]


def test_what_is_offered_to_learn_is_in_the_library() -> None:
    entries = Path("knowledge/content/entries").glob("*/*.md")
    heads = {line for one in entries for line in one.read_text("utf-8").splitlines()[:4]}
    assert [one for one in listed("lesson", "topics") if f"question: {one}" not in heads] == []
