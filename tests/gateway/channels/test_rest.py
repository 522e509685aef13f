"""The REST channel: one POST is one turn, later replies are fetched, errors are sentences."""

import asyncio
from typing import Any

import pytest

from gateway.pace import Pace
from gateway.words import words
from tests.fakes.rasa import says
from tests.gateway.conftest import World


async def test_a_post_answers_with_the_turn(world: World) -> None:
    world.rasa.script["申请"] = says("哪一种？", "农民工", "低保户")
    status, answer = await world.post({"sender": "lin", "text": "申请"})
    assert (status, answer["status"]) == (200, "ok")
    message = answer["messages"][0]
    assert message["body"] == "哪一种？"
    assert message["options"] == ["农民工", "低保户"]
    assert message["author"] == "bot"
    assert "1. 农民工\n2. 低保户" in message["text"]
    assert words().automatic in message["text"]


async def test_without_an_id_every_post_is_new_and_with_one_it_is_the_same(world: World) -> None:
    for _ in range(2):
        await world.post({"sender": "lin", "text": "一"})
    both = await asyncio.gather(
        *(world.post({"sender": "lin", "text": "二", "id": "7"}) for _ in range(2))
    )
    assert both[0] == both[1]
    assert world.rasa.texts == ["一", "一", "二"]


async def test_the_same_id_of_another_sender_is_another_message(world: World) -> None:
    await world.post({"sender": "a:b", "text": "甲的秘密", "id": "c"})
    _, answer = await world.post({"sender": "a", "text": "乙", "id": "b:c"})
    assert answer["messages"][0]["body"] == "您说的是：乙"


async def test_a_lawyers_reply_is_fetched_later(world: World) -> None:
    await world.post({"sender": "lin", "text": "你好"})
    seen = (await world.fetch("lin"))[-1]["id"]
    conversation = await world.ask_for_lawyer()
    case, lawyer = await world.lawyer_takes(conversation)
    _, answer = await world.post({"sender": "lin", "text": "在吗"})
    assert answer == {"messages": [], "status": "silent"}
    await world.desk.reply(case, lawyer, "您请讲")
    async with world.session() as session:
        before = (await world.desk.citizens.transcript(session, conversation))[-1].delivery
    late = (await world.fetch("lin", seen))[-1]
    assert (late["author"], late["body"]) == ("lawyer", "您请讲")
    assert late["text"].startswith(words().lawyer_named.format(name="王"))
    async with world.session() as session:
        after = (await world.desk.citizens.transcript(session, conversation))[-1].delivery
    assert (before, after) == ("waiting", "delivered")


async def test_nobody_sees_what_another_sender_said(world: World) -> None:
    await world.post({"sender": "lin", "text": "你好"})
    assert await world.fetch("wang") == []


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (401, b'{"sender":"a","text":"b"}', {"X-Api-Key": "wrong"}),
        (401, b'{"sender":"a","text":"b"}', {"X-Api-Key": "\u00e9"}),
        (415, b"sender=a", {"Content-Type": "application/x-www-form-urlencoded"}),
        (400, b"{", {}),
        (400, b"[" * 50_000, {}),
        (400, b"\xff\xfe", {}),
        (400, b'{"text":"b"}', {}),
        (400, b'{"sender":"","text":"b"}', {}),
        (400, b'{"sender":1,"text":"b"}', {}),
        (400, b'{"sender":"a","text":null}', {}),
        (400, b'{"sender":"a\\u0000","text":"b"}', {}),
        (400, b'{"sender":"a\\ud800","text":"b"}', {}),
        (400, b'{"sender":"a","text":"b","more":1}', {}),
        (413, b'{"sender":"a","text":"' + b"x" * 900_000 + b'"}', {}),
    ],
)
async def test_what_cannot_be_accepted_is_refused_in_a_sentence(
    world: World, status: int, body: bytes, headers: dict[str, str]
) -> None:
    given = {"X-Api-Key": "rest", "Content-Type": "application/json", **headers}
    async with world.http.post(f"{world.url}/api/v1/messages", data=body, headers=given) as answer:
        content: dict[str, Any] = await answer.json()
    assert answer.status == status
    assert content["status"] == "error"
    assert content["error"] in words().rest.values()
    assert await world.messages() == []


@pytest.mark.parametrize("query", ["", "sender=a&after=x", "sender=a&after=-1", "sender=a&after=²"])
async def test_a_bad_query_is_refused(world: World, query: str) -> None:
    async with world.http.get(
        f"{world.url}/api/v1/messages?{query}", headers={"X-Api-Key": "rest"}
    ) as answer:
        assert answer.status == 400


def test_a_sender_has_so_many_messages_a_minute() -> None:
    time = [0.0]
    pace = Pace(2, clock=lambda: time[0])
    assert [pace.wait("a"), pace.wait("a"), pace.wait("b")] == [0.0, 0.0, 0.0]
    assert pace.wait("a") == 30.0
    time[0] = 30.0
    assert pace.wait("a") == 0.0


async def test_too_many_messages_are_refused_for_a_while(world: World) -> None:
    answers = [
        await world.post({"sender": "lin", "text": "", "id": "same"})
        for _ in range(world.settings.messages_per_minute + 5)
    ]
    assert answers[0][0] == 200
    assert answers[-1][0] == 429
    assert answers[-1][1]["error"] == words().rest["too_fast"]
