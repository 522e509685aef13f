"""What is denied right after it was put forward stays away for the rest of the matter."""

from __future__ import annotations

from typing import Any

import pytest

from actions.denying import denials_in, denies, leaning, plainly_meant, said_instead, what_is_left
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import WAGES, InternalApi

ASK = "action_answer_question"


def hit(docid: str, title: str) -> dict[str, Any]:
    """Return a hit of an entry."""
    words = {"title": title, "body": f"正文{docid}", "answer": f"正文{docid}"}
    return {**WAGES, "docid": docid, **words, "score": 0.4}


DRUNK = hit("traffic/drunk", "喝酒开车被查，会怎么处罚？")
FRIEND = hit("loans/friend", "朋友借的钱怎么还？")
PARENTS = hit("loans/parents", "父母欠的债，子女要还吗？")


def events(text: str, shown: str, *titles: str) -> list[dict[str, Any]]:
    """Return a reply with its choices, and what was said after it."""
    buttons = [{"title": title} for title in titles]
    bot = {"event": "bot", "text": shown, "data": {"buttons": buttons}}
    return [{"event": "user", "text": "先前的话"}, bot, {"event": "user", "text": text}]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("不是喝酒 是朋友借的", [DRUNK]),
        ("我没喝酒", [DRUNK]),
        ("都不是 是我妈欠的", [DRUNK, FRIEND, PARENTS]),
        ("不是这个 是借钱", [DRUNK, FRIEND, PARENTS]),
        ("是不是喝酒都要罚", []),
        ("他没写借条", []),
        ("没给我钱", []),
        ("朋友借的 三万", []),
    ],
)
def test_a_denial_names_what_was_put_forward(text: str, denied: list[dict[str, Any]]) -> None:
    every = [DRUNK, FRIEND, PARENTS]
    found = denials_in(events(text, "您说的是哪个？", *(one["title"] for one in every)))
    assert [one for one in every if any(denial.excludes(one) for denial in found)] == denied


def test_what_was_not_put_forward_is_not_denied() -> None:
    found = denials_in(events("都不是", "您说的是哪个？", FRIEND["title"]))
    assert found
    assert not any(denial.excludes(PARENTS) for denial in found)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("不是赌 就是朋友借的 没写条", "朋友借的 没写条"),
        ("都不是 是狗咬羊", "狗咬羊"),
        ("不是单位 是给邻居盖房", "给邻居盖房"),
        ("我没赌钱", ""),
        ("都不是", ""),
    ],
)
def test_the_rest_of_a_denial_is_what_is_searched(text: str, left: str) -> None:
    assert denies(text)
    assert what_is_left(text).removeprefix("我").strip() == left


async def test_what_was_denied_is_never_put_forward_again(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", DRUNK, FRIEND)
    await citizen.runs(ASK, "他天天来家堵我妈", "ask_law")
    assert DRUNK["title"] in citizen.options
    api.finds("answer", DRUNK, FRIEND)
    for text in ("不是喝酒 是朋友借的", "他再来咋办", "那我该咋办"):
        await citizen.runs(ASK, text, "ask_law")
        assert DRUNK["body"] not in citizen.told
        assert DRUNK["title"] not in [*citizen.options, citizen.told]
    assert api.searches[1]["q"] == "朋友借的"


async def test_an_answer_that_is_all_wrong_is_not_given_twice(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", DRUNK)
    await citizen.runs(ASK, "车让人扣了", "ask_law")
    assert DRUNK["body"] in citizen.told
    api.finds("answer", DRUNK, FRIEND)
    await citizen.runs(ASK, "不是这个 是朋友借的", "ask_law")
    assert DRUNK["body"] not in citizen.told


HURT = "我儿子把人砍伤了被抓了 想上诉"


@pytest.mark.parametrize(
    ("text", "question", "searched"),
    [
        ("人没死 还没判", "我儿子把人砍伤了", "我儿子把人砍伤了，还没判"),
        ("没跑", "撞了人咋办", "撞了人咋办"),
        ("人没死能判几年", "我儿子把人砍伤了", "人没死能判几年"),
        ("不是赌 就是朋友借的", "借了钱不还", "朋友借的"),
        ("都不是", "借了钱不还", "借了钱不还"),
    ],
)
def test_what_did_not_happen_is_not_searched_but_leans_on_what_was_told(
    text: str, question: str, searched: str
) -> None:
    assert leaning(text, question) == searched


async def test_a_short_denial_with_a_fact_stays_with_what_was_told(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, HURT, "ask_law")
    await citizen.runs(ASK, "不是上诉 人没死 还没判", "ask_law")
    assert "我儿子把人砍伤了" in api.searches[-1]["q"]
    assert all(word not in api.searches[-1]["q"] for word in ("上诉", "没死"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("我没说自己拆，我是说去法院告他", "去法院告他"),
        ("没问离婚 我想问孩子归谁", "孩子归谁"),
        ("我没说清楚", "我没说清楚"),
        ("老板没说给多少", "老板没说给多少"),
    ],
)
def test_what_was_not_said_is_left_out(text: str, meant: str) -> None:
    assert plainly_meant(text) == meant


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("都不是！谁死了！我说的是骗子要爆我通讯录", "骗子要爆我通讯录"),
        ("都不是 我问的是老板不给工钱", "老板不给工钱"),
        ("全不对，邻居占了我家草场", "邻居占了我家草场"),
        ("都不是", ""),
        ("不是上诉 人没死 还没判", ""),
        ("骗子要爆我通讯录", ""),
    ],
)
def test_what_is_told_after_all_was_called_wrong_is_a_matter_of_its_own(
    text: str, instead: str
) -> None:
    assert said_instead(text) == instead


async def test_what_all_was_called_wrong_of_is_searched_no_more(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "我爸留的房子咋分", "ask_law")
    await citizen.runs(ASK, "都不是！谁死了！我说的是骗子要爆我通讯录", "ask_law")
    assert api.searches[-1]["q"] == "骗子要爆我通讯录"
    assert not api.searches[-1].get("context")
