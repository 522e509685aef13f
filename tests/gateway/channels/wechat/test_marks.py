"""有用 and 没用: kept for the answer that stands last, and for nothing else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gateway.annexes import Rating
from gateway.channels.wechat.words import words
from gateway.tables import Message
from tests.fakes.tencent import Answer
from tests.gateway.channels.wechat.whole import ME, Gateway, claim_a_case, open_gateway

ANSWER = "\n依据：《劳动法》第五十条"


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Gateway]:
    """A gateway that has just answered somebody."""
    async with open_gateway(tmp_path) as running:
        running.rasa.more = ANSWER
        await running.tencent.say(ME, "老板不发工资")
        yield running


async def marks(gateway: Gateway) -> list[tuple[str, str]]:
    """Returns the marks with the words they are for."""
    async with gateway.sessions() as session:
        rows = await session.execute(
            select(Message.text, Rating.mark).join(Rating, Rating.message_id == Message.id)
        )
        return [(text.split("\n")[0], mark) for text, mark in rows]


@pytest.mark.parametrize(
    ("said", "mark", "thanks"),
    [
        ("有用", "useful", words().rating.thanks_useful),
        (" 有帮助！", "useful", words().rating.thanks_useful),
        ("没用。", "useless", words().rating.thanks_useless),
    ],
)
async def test_a_mark_is_kept_with_the_answer_and_thanked_for(
    gateway: Gateway, said: str, mark: str, thanks: str
) -> None:
    await gateway.tencent.say(ME, said)
    assert await marks(gateway) == [("回答1", mark)]
    assert gateway.tencent.seen[ME][-1].text == thanks
    assert gateway.rasa.asked == ["老板不发工资"]


async def test_a_mark_delivered_twice_is_one_and_answered_the_same(gateway: Gateway) -> None:
    fields = gateway.tencent.message(ME, "text", Content="有用")
    answers = [await gateway.tencent.attempt(fields) for _ in range(2)]
    texts = {gateway.tencent.open(answer.body)["Content"] for answer in answers}
    assert texts == {words().rating.thanks_useful}
    assert len(await marks(gateway)) == 1


async def test_what_is_no_answer_has_no_mark(gateway: Gateway) -> None:
    gateway.rasa.more = ""
    await gateway.tencent.say(ME, "我能申请援助吗")
    await gateway.tencent.say(ME, "没用")
    assert await marks(gateway) == []
    assert gateway.rasa.asked[-1] == "没用"


async def test_words_that_only_hold_a_mark_are_words(gateway: Gateway) -> None:
    await gateway.tencent.say(ME, "欠条还有用吗")
    assert await marks(gateway) == []


async def test_while_a_lawyer_owns_the_chat_the_words_are_for_the_lawyer(gateway: Gateway) -> None:
    await claim_a_case(gateway)
    assert await gateway.tencent.say(ME, "有用") == [Answer(200, "success")]
    assert await marks(gateway) == []


async def test_an_erased_conversation_leaves_no_mark(gateway: Gateway) -> None:
    await gateway.tencent.say(ME, "没用")
    await gateway.tencent.event(ME, "unsubscribe")
    async with gateway.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Rating)) == 0
