"""What is left of a citizen's cases after they ask for deletion."""

import json

import pytest

from desk import Desk
from desk.errors import CaseNotFound
from desk.tables import Case
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import Events, Lawyers, OpenCase, Sessions


async def erase(desk: Desk, sessions: Sessions, conversation: str) -> list[str]:
    async with sessions.begin() as session:
        return await desk.erase(session, conversation)


async def row(sessions: Sessions, case_id: int) -> Case:
    async with sessions() as session:
        found = await session.get(Case, case_id)
    assert found is not None
    return found


async def test_a_case_no_lawyer_took_is_emptied_and_nothing_is_said_to_be_kept(
    desk: Desk, open_case: OpenCase, sessions: Sessions, citizens: StoredCitizens, events: Events
) -> None:
    case = await open_case("c1", facts=[{"label": "姓名", "value": "某某"}])
    assert await erase(desk, sessions, "c1") == []
    left = await row(sessions, case.id)
    assert (left.status, left.conversation, left.question, left.reason) == ("erased", "", "", "")
    assert (left.topic, left.facts, left.eligibility) == (None, [], None)
    assert await citizens.owner("c1") == "bot"
    assert await events(case.id) == ["requested", "queued", "erased"]
    async with sessions() as session:
        assert await desk.cases_of(session, "c1") == []


async def test_a_case_a_lawyer_took_is_held_with_its_own_lines_and_the_citizen_is_told_why(
    desk: Desk,
    open_case: OpenCase,
    sessions: Sessions,
    citizens: StoredCitizens,
    lawyers: Lawyers,
) -> None:
    await citizens.say("c1", "以前随便问的")
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await citizens.say("c1", "我有欠条")
    await desk.reply(case.id, lawyers["jia"], "请留好原件")
    await desk.resolve(case.id, lawyers["jia"], "advised")
    await citizens.say("c1", "后来又问的")
    [kept] = await erase(desk, sessions, "c1")
    assert "《个人信息保护法》第四十七条" in kept
    held = await row(sessions, case.id)
    assert held.status == "held"
    words = json.dumps(held.held_transcript, ensure_ascii=False)
    assert "我有欠条" in words
    assert "请留好原件" in words
    assert "以前随便问的" not in words
    assert "后来又问的" not in words
    assert await erase(desk, sessions, "c1") == [kept], "asked again, the same is said"


async def test_erasing_ends_a_case_a_lawyer_has_now(
    desk: Desk,
    open_case: OpenCase,
    sessions: Sessions,
    citizens: StoredCitizens,
    lawyers: Lawyers,
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await erase(desk, sessions, "c1")
    assert await citizens.owner("c1") == "bot"
    with pytest.raises(CaseNotFound):
        await desk.reply(case.id, lawyers["jia"], "您好")


async def test_a_released_case_is_held_too_because_a_lawyer_had_accepted_it(
    desk: Desk, open_case: OpenCase, sessions: Sessions, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await desk.release(case.id, lawyers["jia"])
    assert len(await erase(desk, sessions, "c1")) == 1
    assert (await row(sessions, case.id)).status == "held"


async def test_a_stranger_s_erasure_touches_nothing(
    desk: Desk, open_case: OpenCase, sessions: Sessions
) -> None:
    case = await open_case("c1")
    assert await erase(desk, sessions, "c2") == []
    assert (await row(sessions, case.id)).status == "pending"
