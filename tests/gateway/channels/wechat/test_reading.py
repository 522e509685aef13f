"""Long answers on a page: whole, for whoever was given the address, for three days."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import update

from gateway.channels.wechat.text import LIMIT, size
from gateway.reading import Pages
from gateway.tables import Message, now
from tests.fakes.tencent import Account
from tests.gateway.channels.wechat.whole import ME, Gateway, chat, open_gateway

LONG = "。这一条很要紧，请慢慢看，不要急" * 120 + "。\n依据：《劳动法》第五十条<b>"


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Gateway]:
    """A gateway with a public address, which has given a long answer."""
    async with open_gateway(tmp_path, public_url="https://law.example.org") as running:
        running.rasa.more, running.rasa.options = LONG, ["看法条", "找律师"]
        await running.tencent.say(ME, "老板不发工资")
        yield running


def token(gateway: Gateway) -> str:
    """Returns the end of the address that the citizen was given."""
    found = re.search(r"https://law\.example\.org/read/(\S+)", gateway.tencent.seen[ME][0].text)
    assert found
    return found[1]


async def opened(gateway: Gateway, end: str) -> tuple[int, str, dict[str, str]]:
    """Opens a page; returns status, text and headers."""
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"{gateway.url}/read/{end}") as response,
    ):
        return (
            response.status,
            await response.text(),
            {str(name): value for name, value in response.headers.items()},
        )


async def test_a_long_answer_is_one_passive_message_with_its_page(gateway: Gateway) -> None:
    (line,) = gateway.tencent.seen[ME]
    assert line.via == "passive"
    assert size(line.text) <= LIMIT
    assert "1. 看法条\n2. 找律师" in line.text
    assert "自动回复" in line.text
    assert await gateway.outbox.run_once() == 0


async def test_every_retry_gets_the_same_address(gateway: Gateway) -> None:
    fields = gateway.tencent.message(ME, "text", Content="再问一次")
    answers = [await gateway.tencent.attempt(fields) for _ in range(2)]
    texts = {gateway.tencent.open(answer.body)["Content"] for answer in answers}
    assert len(texts) == 1


async def test_the_page_holds_the_whole_answer_under_a_neutral_title(gateway: Gateway) -> None:
    status, text, headers = await opened(gateway, token(gateway))
    assert status == 200
    assert text.count("这一条很要紧") == 120
    assert "依据：《劳动法》第五十条&lt;b&gt;" in text
    assert "<title>查看全文</title>" in text
    assert "<script" not in text
    assert 'name="viewport"' in text
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


async def test_a_page_can_be_read_again(gateway: Gateway) -> None:
    """WeChat's own servers open an address before a person does."""
    assert [(await opened(gateway, token(gateway)))[0] for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(
    "change",
    [
        lambda end: end[:-1],
        lambda end: end[:-1] + ("A" if end[-1] != "A" else "B"),
        lambda end: f"1{end}",
        lambda end: end.split("-")[0],
        lambda end: f"{'9' * 40}-{end.split('-')[1]}",
        lambda end: "%00",
        lambda end: "²-abc",
        lambda end: Pages("", "another key").token(end.split("-")[0]),
    ],
)
async def test_another_address_leads_nowhere(gateway: Gateway, change) -> None:  # type: ignore[no-untyped-def]
    status, text, _ = await opened(gateway, change(token(gateway)))
    assert status == 404
    assert "这一条很要紧" not in text


async def test_a_citizen_s_own_words_have_no_page(gateway: Gateway) -> None:
    pages = Pages("", "link-key")
    number = int(token(gateway).split("-")[0])
    assert pages.token(str(number)) == token(gateway)
    status, text, _ = await opened(gateway, pages.token(str(number - 1)))
    assert status == 404
    assert "老板不发工资" not in text


async def test_after_three_days_a_page_is_gone(gateway: Gateway) -> None:
    async with gateway.sessions.begin() as session:
        await session.execute(
            update(Message).values(created_at=now() - timedelta(days=3, minutes=1))
        )
    status, text, _ = await opened(gateway, token(gateway))
    assert status == 404
    assert "12348" in text


async def test_an_erased_conversation_has_no_page(gateway: Gateway) -> None:
    await gateway.tencent.event(ME, "unsubscribe")
    assert (await opened(gateway, token(gateway)))[0] == 404


async def test_without_a_public_address_a_long_answer_is_pushed_in_parts(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        gateway.rasa.more = LONG
        await gateway.tencent.say(ME, "老板不发工资")
        await gateway.outbox.run_once()
        assert [via for via, _ in chat(gateway)] == ["push", "push"]
        assert gateway.tencent.account == Account()
