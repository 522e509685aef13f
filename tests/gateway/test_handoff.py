"""A handoff through the gateway: choices, calls, marks; and whatever dies, nobody is stuck."""

from datetime import timedelta

import pytest

from gateway.tables import Conversation
from tests.fakes.rasa import says
from tests.gateway.conftest import World


async def test_a_bot_that_dies_after_handing_over_leaves_the_citizen_told_of_the_place(
    world: World,
) -> None:
    """chatwoot#12379: the case was opened, the words about it never came."""
    await world.say("你好")

    async def hand_over_and_fail(_sender: str, _text: str) -> dict[str, object]:
        await world.ask_for_lawyer()
        return {"status": "error", "messages": []}

    world.rasa.answer = hand_over_and_fail
    turn = await world.say("找律师")
    assert turn.status == "ok"
    assert turn.reply
    assert "第 1 位" in turn.reply.text
    assert (await world.conversation()).owner == "queued"


async def test_a_gateway_that_is_killed_during_a_handoff_tells_the_place_after_its_restart(
    world: World,
) -> None:
    await world.say("你好")
    await world.rasa.stop()
    conversation = await world.ask_for_lawyer()
    await world.stop()
    await world.start()
    await world.desk.sweep()
    turn = await world.say("还在吗")
    assert turn.reply
    assert "第 1 位" in turn.reply.text
    case, lawyer = await world.lawyer_takes(conversation)
    await world.desk.reply(case, lawyer, "在的")
    assert (await world.fetch("lin"))[-1]["text"].endswith("在的")


@pytest.mark.parametrize("owner", ["queued", "lawyer"])
async def test_a_chat_that_nobody_serves_is_the_bots_again_and_the_citizen_hears_so(
    owner: str, world: World
) -> None:
    await world.say("你好")
    async with world.session() as session, session.begin():
        stored = await session.get_one(Conversation, (await world.conversation()).id)
        stored.owner = owner
    await world.desk.sweep()
    assert (await world.conversation()).owner == "bot"
    assert "自动助手恢复回答" in (await world.fetch("lin"))[-1]["text"]
    assert (await world.say("再问")).status == "ok"
    assert world.rasa.texts == ["你好", "再问"]


async def test_a_waiting_citizen_types_a_choice_then_a_number_and_has_the_bot_back(
    world: World,
) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    offered = await world.say("还要多久")
    assert offered.reply
    assert "留电话等回电" in offered.reply.options
    asked = await world.say("2")
    assert asked.reply
    assert "打哪个电话" in asked.reply.text
    booked = await world.say("13800000000 下午，别说是律师")
    assert booked.reply
    assert "记下了" in booked.reply.text
    [call] = await world.desk.callbacks()
    assert call.contact == "13800000000 下午，别说是律师"
    await world.say("那先问问工资")
    assert world.rasa.texts == ["你好", "还要多久", "那先问问工资"]


async def test_who_is_asked_for_a_telephone_number_may_still_leave_the_queue(
    world: World,
) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    await world.say("留电话")
    turn = await world.say("不等了")
    assert turn.reply
    assert "取消排队" in turn.reply.text
    assert (await world.conversation()).owner == "bot"


async def test_a_number_after_the_end_is_a_mark_until_the_bot_has_asked_something(
    world: World,
) -> None:
    world.rasa.script["申请"] = says("您属于哪一种？", "农民工", "低保户")
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    case, lawyer = await world.lawyer_takes(conversation)
    await world.desk.resolve(case, lawyer, "advised")
    await world.say("申请")
    await world.say("2")
    assert world.rasa.texts[-1] == "低保户", "the bot's question comes first"
    thanks = await world.say("评价5")
    assert thanks.reply
    assert "谢谢您的评价" in thanks.reply.text
    assert "评价5" not in world.rasa.texts


async def test_what_a_citizen_writes_to_the_lawyer_shows_as_unanswered(world: World) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    case, lawyer = await world.lawyer_takes(conversation)
    await world.desk.reply(case, lawyer, "您请讲")
    before = await world.desk.latest_change()
    assert (await world.say("我有欠条")).status == "silent"
    assert [change.kind for change in await world.desk.changes_since(before)] == ["citizen_wrote"]
    assert (await world.desk.counts(lawyer)).unanswered == 1


async def test_a_cry_for_help_to_the_lawyer_shows_as_unanswered(world: World) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    case, lawyer = await world.lawyer_takes(conversation)
    await world.desk.reply(case, lawyer, "您请讲")
    before = await world.desk.latest_change()
    await world.say("我老公打我")
    assert "citizen_wrote" in [one.kind for one in await world.desk.changes_since(before)]
    assert (await world.desk.counts(lawyer)).unanswered == 1


async def test_danger_takes_a_case_that_was_set_aside_back_to_the_queue_and_says_so(
    world: World,
) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    case, lawyer = await world.lawyer_takes(conversation)
    await world.desk.snooze(case, lawyer, world.desk.now() + timedelta(days=1))
    turn = await world.say("我老公打我")
    assert turn.reply
    assert "110" in turn.reply.text
    assert "第 1 位" in turn.reply.text
    assert (await world.conversation()).owner == "queued"
