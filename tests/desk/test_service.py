"""Cases change together with who may speak and what the citizen is told."""

import asyncio

import pytest
from sqlalchemy import select

from desk import CaseView, Desk, DeskError, NewCase
from desk.errors import CaseNotFound, CaseTaken, InvalidInput
from desk.tables import Case
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import Events, Lawyers, OpenCase, Sessions


async def test_a_request_waits_in_the_queue_and_the_bot_knows(
    open_case: OpenCase, citizens: StoredCitizens, events: Events
) -> None:
    case = await open_case("c1")
    assert (case.status, case.position) == ("pending", 1)
    assert await citizens.owner("c1") == "queued"
    assert await events(case.id) == ["requested", "queued"]


async def test_asking_twice_is_asking_once(open_case: OpenCase, events: Events) -> None:
    first = await open_case("c1")
    assert await open_case("c1") == first
    assert await events(first.id) == ["requested", "queued"]


async def test_two_requests_at_the_same_time_make_one_case(open_case: OpenCase) -> None:
    one, two = await asyncio.gather(open_case("c1"), open_case("c1"))
    assert one.id == two.id


async def test_danger_said_later_raises_the_urgency_and_nothing_lowers_it(
    open_case: OpenCase, sessions: Sessions, events: Events
) -> None:
    await open_case("other", waited=30)
    case = await open_case("c1", waited=5)
    raised = await open_case("c1", urgency="danger", reason="提到人身危险")
    assert (raised.id, raised.position) == (case.id, 1)
    await open_case("c1", urgency="normal", reason="又问了一次")
    async with sessions() as session:
        row = await session.get(Case, case.id)
        assert row is not None
        assert (row.urgency, row.reason) == ("danger", "提到人身危险")
    assert await events(case.id) == ["requested", "queued", "requested"]


async def test_facts_that_come_later_reach_the_open_case(
    open_case: OpenCase, sessions: Sessions
) -> None:
    case = await open_case("c1")
    await open_case("c1", facts=[{"label": "欠薪月数", "value": "三个月"}])
    await open_case("c1")
    async with sessions() as session:
        facts = await session.scalar(select(Case.facts).where(Case.id == case.id))
    assert [(fact["label"], fact["value"]) for fact in facts or []] == [("欠薪月数", "三个月")]


async def test_danger_goes_first_then_deadlines_then_who_waited_longest(
    open_case: OpenCase, desk: Desk, sessions: Sessions
) -> None:
    new = await open_case("new", waited=1)
    old = await open_case("old", waited=90)
    deadline = await open_case("deadline", waited=2, urgency="deadline")
    danger = await open_case("danger", urgency="danger")
    async with sessions() as session:
        places = [await desk.position(session, c.id) for c in (danger, deadline, old, new)]
    assert places == [1, 2, 3, 4]


async def test_two_lawyers_claim_one_wins_and_the_other_reads_who_was_first(
    desk: Desk,
    open_case: OpenCase,
    citizens: StoredCitizens,
    lawyers: Lawyers,
    events: Events,
) -> None:
    case = await open_case("c1")
    results = await asyncio.gather(
        desk.claim(case.id, lawyers["jia"]),
        desk.claim(case.id, lawyers["yi"]),
        return_exceptions=True,
    )
    [lost] = [result for result in results if result is not None]
    winner = lawyers["yi" if results[0] is lost else "jia"]
    assert isinstance(lost, CaseTaken)
    assert winner.display_name in lost.sentence
    assert (await events(case.id)).count("assigned") == 1
    assert await citizens.owner("c1") == "lawyer"
    [(author, text, _)] = await citizens.heard("c1")
    assert author == "system"
    assert f"值班律师（{winner.display_name}）" in text
    assert "真人" in text


async def test_claiming_ones_own_case_again_changes_nothing(
    desk: Desk, open_case: OpenCase, citizens: StoredCitizens, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await desk.claim(case.id, lawyers["jia"])
    assert len(await citizens.heard("c1")) == 1


async def test_a_reply_reaches_the_citizen_under_the_lawyers_name_once_per_form(
    desk: Desk,
    open_case: OpenCase,
    citizens: StoredCitizens,
    lawyers: Lawyers,
    events: Events,
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await desk.reply(case.id, lawyers["jia"], " 您好\r\n请说 ", "form-1")
    await desk.reply(case.id, lawyers["jia"], "您好\n请说", "form-1")
    assert (await citizens.heard("c1"))[1:] == [("lawyer", "您好\n请说", "律师甲")]
    assert await events(case.id) == ["requested", "queued", "assigned", "replied"]


@pytest.mark.parametrize("text", ["", " \n ", "长" * 2001])
async def test_blank_and_overlong_replies_are_refused(
    text: str, desk: Desk, open_case: OpenCase, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    with pytest.raises(InvalidInput):
        await desk.reply(case.id, lawyers["jia"], text)


async def test_only_the_lawyer_who_has_the_case_can_act_on_it(
    desk: Desk, open_case: OpenCase, citizens: StoredCitizens, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    other = lawyers["yi"]
    for act in (
        desk.reply(case.id, other, "您好"),
        desk.add_note(case.id, other, "备注"),
        desk.release(case.id, other),
        desk.resolve(case.id, other, "advised"),
    ):
        with pytest.raises(CaseTaken):
            await act
    assert await citizens.owner("c1") == "lawyer"
    assert len(await citizens.heard("c1")) == 1


async def test_a_released_case_keeps_its_waiting_time_and_the_citizen_is_told_the_place(
    desk: Desk,
    open_case: OpenCase,
    citizens: StoredCitizens,
    lawyers: Lawyers,
    sessions: Sessions,
) -> None:
    case = await open_case("c1", waited=60)
    await open_case("c2", waited=10)
    await desk.claim(case.id, lawyers["jia"])
    await desk.release(case.id, lawyers["jia"])
    assert await citizens.owner("c1") == "queued"
    author, text, _ = (await citizens.heard("c1"))[-1]
    assert author == "system"
    assert "第 1 位" in text
    async with sessions() as session:
        assert await desk.open_case_of(session, "c1") == CaseView(
            case.id, "pending", 1, (await desk.cases_of(session, "c1"))[0].opened_at
        )
    await desk.claim(case.id, lawyers["yi"])


async def test_resolving_sends_the_closing_words_then_gives_the_chat_back_to_the_bot(
    desk: Desk,
    open_case: OpenCase,
    citizens: StoredCitizens,
    lawyers: Lawyers,
    events: Events,
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await desk.resolve(case.id, lawyers["jia"], "advised", "祝顺利")
    await desk.resolve(case.id, lawyers["jia"], "advised", "祝顺利")
    closing, notice = (await citizens.heard("c1"))[1:]
    assert closing == ("lawyer", "祝顺利", "律师甲")
    assert notice[0] == "system"
    assert "自动助手" in notice[1]
    assert "12348" in notice[1]
    assert await citizens.owner("c1") == "bot"
    assert await events(case.id) == ["requested", "queued", "assigned", "resolved"]


async def test_a_case_is_not_resolved_without_a_known_outcome(
    desk: Desk, open_case: OpenCase, citizens: StoredCitizens, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    with pytest.raises(InvalidInput):
        await desk.resolve(case.id, lawyers["jia"], "whatever")
    assert await citizens.owner("c1") == "lawyer"


async def test_after_the_end_a_new_request_is_a_new_case(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers
) -> None:
    first = await open_case("c1")
    await desk.claim(first.id, lawyers["jia"])
    await desk.resolve(first.id, lawyers["jia"], "advised")
    assert (await open_case("c1")).id != first.id


async def test_a_citizen_takes_the_request_back_even_from_a_lawyer(
    desk: Desk,
    open_case: OpenCase,
    citizens: StoredCitizens,
    lawyers: Lawyers,
    sessions: Sessions,
    events: Events,
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    async with sessions.begin() as session:
        await desk.withdraw(session, "c1")
        await desk.withdraw(session, "c1")
        assert await desk.open_case_of(session, "c1") is None
    assert await citizens.owner("c1") == "bot"
    assert await events(case.id) == ["requested", "queued", "assigned", "withdrawn"]
    with pytest.raises(CaseTaken):
        await desk.reply(case.id, lawyers["jia"], "还在吗")


async def test_nothing_changes_when_the_citizen_cannot_be_told(
    sessions: Sessions, citizens: StoredCitizens, lawyers: Lawyers, events: Events
) -> None:
    class Unreachable(StoredCitizens):
        async def send(self, *args: object, **kwargs: object) -> str:
            raise ConnectionError

    desk = Desk(sessions, Unreachable(sessions), "key")
    async with sessions.begin() as session:
        new = NewCase(conversation="c1", question="问题", reason="原因")
        case = await desk.open_case(session, new)
    with pytest.raises(ConnectionError):
        await desk.claim(case.id, lawyers["jia"])
    async with sessions() as session:
        still = await desk.open_case_of(session, "c1")
    assert still is not None
    assert still.status == "pending"
    assert await events(case.id) == ["requested", "queued"]
    assert await citizens.owner("c1") == "queued"


async def test_an_unknown_case_is_refused_with_a_sentence(desk: Desk, lawyers: Lawyers) -> None:
    with pytest.raises(CaseNotFound) as refused:
        await desk.claim(404, lawyers["jia"])
    assert isinstance(refused.value, DeskError)
    assert refused.value.sentence


async def test_a_request_without_a_topic_gets_a_guess_that_says_it_is_one(
    sessions: Sessions, citizens: StoredCitizens, open_case: OpenCase
) -> None:
    titles = {"labour": "劳动报酬", "injury": "受伤"}
    desk = Desk(sessions, citizens, "key", titles, guess=lambda question: ("labour", "injury"))
    await open_case("known", topic="loans")
    async with sessions.begin() as session:
        known = await desk.open_case(
            session, NewCase(conversation="known", question="?", reason="r")
        )
        new = NewCase(conversation="c1", question="老板不给工钱还打伤我", reason="r")
        guessed = await desk.open_case(session, new)
    async with sessions() as session:
        kept, filled = await session.get(Case, known.id), await session.get(Case, guessed.id)
    assert kept is not None
    assert filled is not None
    assert (kept.topic, kept.facts) == ("loans", [])
    assert filled.topic == "labour"
    [fact] = filled.facts
    assert (fact["label"], fact["value"]) == ("自动猜测的主题（请核对）", "劳动报酬 或者 受伤")
