"""The web chat, as a browser without scripts and as its script use it."""

import asyncio
import re
from typing import Any

import pytest

from gateway.channels.web.pages import linked, say
from tests.fakes.rasa import says
from tests.gateway.conftest import World


async def page(world: World, path: str = "/chat", **form: str) -> str:
    """Returns a page, after posting a form if one is given."""
    method = "POST" if form else "GET"
    async with world.http.request(method, world.url + path, data=form or None) as response:
        assert response.status == 200
        return await response.text()


async def script(world: World, text: str, delivery: str, after: int = 0) -> dict[str, Any]:
    """Posts a message as the script does."""
    body = {"id": delivery, "text": text, "after": after}
    async with world.http.post(f"{world.url}/chat/messages", json=body) as response:
        assert response.status == 200
        answer: dict[str, Any] = await response.json()
        return answer


async def test_the_page_works_without_scripts(world: World) -> None:
    world.rasa.script["申请"] = says("哪一种？", "农民工", "低保户")
    first = await page(world)
    assert say()["notice"] in first
    assert 'href="tel:12348"' in first
    assert 'href="/privacy"' in first
    answered = await page(world, text="申请", id="a" * 32)
    assert "哪一种？" in answered
    assert '<button type="submit" name="option" value="低保户">' in answered
    chosen = await page(world, option="低保户", id="b" * 32)
    assert "您说的是：低保户" in chosen
    assert 'value="农民工"' not in chosen
    assert world.rasa.texts == ["申请", "低保户"]


async def test_the_form_sent_twice_is_one_message(world: World) -> None:
    await page(world)
    for _ in range(2):
        await page(world, text="你好", id="a" * 32)
    assert world.rasa.texts == ["你好"]


async def test_an_old_form_with_other_words_is_another_message(world: World) -> None:
    await page(world)
    await page(world, text="一", id="a" * 32)
    await page(world, text="二", id="a" * 32)
    assert world.rasa.texts == ["一", "二"]


async def test_every_form_has_an_id_of_its_own(world: World) -> None:
    ids = re.findall(r'name="id" value="([0-9a-f]+)"', await page(world) + await page(world))
    assert len(set(ids)) == 2


async def test_what_people_and_the_bot_write_is_escaped(world: World) -> None:
    evil = "<script>alert(1)</script>"
    world.rasa.script[evil] = says(evil, f'">{evil}')
    shown = await page(world, text=evil, id="a" * 32)
    assert evil not in shown
    answer = await script(world, evil + "2", "b" * 32)
    assert all(evil not in message["html"] for message in answer["messages"])


async def test_the_script_gets_all_it_has_not_seen_and_a_resend_is_the_same(world: World) -> None:
    first = await script(world, "你好", "a" * 32)
    again = await script(world, "你好", "a" * 32)
    assert first["messages"] == again["messages"]
    assert [message["author"] for message in first["messages"]] == ["citizen", "bot"]
    last = first["messages"][-1]["id"]
    assert (await script(world, "再问", "b" * 32, last))["messages"][0]["author"] == "citizen"
    assert world.rasa.texts == ["你好", "再问"]


async def test_a_lawyers_words_appear_by_polling(world: World) -> None:
    seen = (await script(world, "你好", "a" * 32))["messages"][-1]["id"]
    citizen = next(iter(world.http.cookie_jar)).value
    conversation = await world.ask_for_lawyer(citizen, "web")
    case, lawyer = await world.lawyer_takes(conversation)
    await world.desk.reply(case, lawyer, "您请讲")
    async with world.http.get(f"{world.url}/chat/messages?after={seen}") as response:
        news = await response.json()
    assert [message["author"] for message in news["messages"]] == ["system", "lawyer"]
    assert news["status"] == say()["status"]["lawyer"]
    assert say()["who"]["lawyer_label"] in news["messages"][-1]["html"]


async def test_an_owed_answer_is_announced_and_appears(world: World) -> None:
    await world.rasa.stop()
    answer = await script(world, "问", "a" * 32)
    assert answer["status"] == say()["status"]["bot_owed"]
    await world.rasa.start()
    await world.keep_promises()
    assert "您说的是：问" in await page(world)


async def test_a_citizen_is_a_random_number_that_scripts_cannot_read(world: World) -> None:
    async with world.http.get(f"{world.url}/chat") as response:
        cookie = response.headers["Set-Cookie"]
    assert re.match(r"citizen=[0-9a-f]{32};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("cookie", ["x", "../../etc", "0" * 31, "A" * 32])
async def test_a_made_up_cookie_is_replaced(world: World, cookie: str) -> None:
    async with world.http.get(f"{world.url}/chat", headers={"Cookie": f"citizen={cookie}"}) as got:
        assert re.match(r"citizen=[0-9a-f]{32};", got.headers["Set-Cookie"])


async def test_two_browsers_are_two_citizens(world: World) -> None:
    await page(world, text="我的秘密", id="a" * 32)
    world.http.cookie_jar.clear()
    assert "我的秘密" not in await page(world)


@pytest.mark.parametrize("path", ["/", "/chat", "/privacy"])
async def test_pages_allow_nothing_from_elsewhere_and_have_a_neutral_title(
    world: World, path: str
) -> None:
    async with world.http.get(world.url + path) as response:
        policy = response.headers["Content-Security-Policy"]
        text = await response.text()
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert " style=" not in text
    assert "<script>" not in text
    title = re.search(r"<title>(.*)</title>", text)
    assert title
    assert title[1] in (say()["title"], say()["site"], say()["privacy"])


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
@pytest.mark.parametrize("path", ["/chat", "/chat/messages", "/chat/erase"])
async def test_another_site_cannot_speak_for_a_citizen(
    world: World, path: str, headers: dict[str, str]
) -> None:
    async with world.http.post(world.url + path, data={"text": "你好"}, headers=headers) as answer:
        assert answer.status == 403
    assert world.rasa.texts == []


@pytest.mark.parametrize("body", ["{", "[]", '{"id":"x","text":"y","after":0}', "[" * 9999])
async def test_broken_messages_of_a_script_are_refused(world: World, body: str) -> None:
    async with world.http.post(
        f"{world.url}/chat/messages", data=body, headers={"Content-Type": "application/json"}
    ) as answer:
        assert answer.status == 400


async def test_too_long_a_text_is_refused_with_a_sentence(world: World) -> None:
    for size in (21_000, 300_000):
        async with world.http.post(f"{world.url}/chat", data={"text": "字" * size}) as answer:
            assert answer.status == 413
            assert say()["too_large"] in await answer.text()


async def test_a_person_can_take_and_delete_what_they_said(world: World) -> None:
    await page(world, text="我叫林某某", id="a" * 32)
    async with world.http.get(f"{world.url}/chat/export") as response:
        assert "我叫林某某" in await response.text()
    async with world.http.post(f"{world.url}/chat/erase", data={}) as refused:
        assert refused.status == 400
    erased = await page(world, "/chat/erase", sure="yes")
    assert say()["erased"] in erased
    assert await world.messages() == []
    assert len(world.rasa.forgotten) == 1


async def test_an_unknown_address_answers_with_a_sentence(world: World) -> None:
    async with world.http.get(f"{world.url}/nothing") as response:
        assert response.status == 404
        assert say()["not_found"] in await response.text()
    async with world.http.get(f"{world.url}/api/v1/nothing") as response:
        assert response.status == 404
        assert (await response.json())["status"] == "error"


async def test_pages_answer_while_a_turn_is_slow(world: World) -> None:
    world.rasa.gates["慢"] = asyncio.Event()
    slow = asyncio.create_task(page(world, text="慢", id="a" * 32))
    await world.rasa.arrived["慢"].wait()
    world.http.cookie_jar.clear()
    await page(world, "/privacy")
    world.rasa.gates["慢"].set()
    await slow


def test_hotlines_can_be_tapped_and_sums_cannot() -> None:
    assert 'href="tel:12348"' in linked("请打 12348。")
    assert 'href="tel:110"' in linked("马上打110报警")
    for text in ("赔120元", "110天", "12348元", "1101", "第120条", "1.110"):
        assert "tel:" not in linked(text)
    assert '<a href="/lookup">' in linked("打开 /lookup 页面")
