"""What citizens get for each kind of message and event, and what the turn engine is told."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from eligibility import parse_answer, question
from eligibility.questions import labels
from gateway.channels import Inbound, Turn
from gateway.channels.wechat.places import county_in
from gateway.channels.wechat.words import words
from tests.fakes.tencent import Seen
from tests.gateway.channels.wechat.conftest import ME, SUCCESS, World, open_world
from tests.gateway.channels.wechat.engine import said

ROOT = Path(__file__).parents[4]


async def send(world: World, kind: str, **fields: str) -> str:
    """A citizen sends something; returns the last line of the chat."""
    await world.tencent.deliver(world.tencent.message(ME, kind, **fields))
    return world.tencent.seen[ME][-1].text


# Words


async def test_a_menu_button_allows_less_than_a_message(world: World) -> None:
    await world.tencent.event(ME, "CLICK", "find_lawyer")
    await world.tencent.say(ME, "您好")
    assert [inbound.grant for inbound in world.engine.received] == ["menu", "message"]


async def test_a_tapped_item_is_its_words_without_the_number(world: World) -> None:
    line = Seen("push", "哪一种？", ("1. 工资", "2. 工伤"))
    await world.tencent.tap(ME, line, 2)
    (inbound,) = world.engine.received
    assert (inbound.text, inbound.grant) == ("工伤", "menu")


async def test_a_number_with_words_that_somebody_typed_is_left_alone(world: World) -> None:
    await world.tencent.say(ME, "1. 老板不发工资 2. 还骂人")
    assert world.engine.received[0].text == "1. 老板不发工资 2. 还骂人"


async def test_recognised_speech_is_a_question(world: World) -> None:
    await send(world, "voice", MediaId="m", Recognition="老板不给钱怎么办")
    (inbound,) = world.engine.received
    assert (inbound.text, inbound.kind, inbound.notice) == ("老板不给钱怎么办", "voice", None)


@pytest.mark.parametrize("recognition", [{}, {"Recognition": ""}, {"Recognition": "  "}])
async def test_speech_that_is_not_recognised_is_asked_to_be_typed(
    world: World, recognition: dict[str, str]
) -> None:
    assert await send(world, "voice", MediaId="m", **recognition) == words().unread["voice"].reply


# What is not text


@pytest.mark.parametrize("kind", ["video", "shortvideo", "link", "file", "hologram"])
async def test_what_cannot_be_seen_is_said_to_be_so_and_noted_for_the_lawyer(
    world: World, kind: str
) -> None:
    expected = words().unread.get(kind, words().not_understood)
    assert await send(world, kind, MediaId="m", Url="https://example.org") == expected.reply
    assert [inbound.text for inbound in world.engine.received] == [expected.note]


async def test_a_picture_is_received_for_the_lawyer_and_nobody_has_looked(world: World) -> None:
    said_of_it = await send(world, "image", MediaId="media-1", PicUrl="http://example.org/p")
    assert said_of_it == words().picture.reply
    assert "没有人看过" in said_of_it
    (inbound,) = world.engine.received
    assert (inbound.kind, inbound.attachment) == ("image", "media-1")


async def test_what_nobody_can_hear_is_said_also_while_a_lawyer_owns_the_chat() -> None:
    async def keep_silent(inbound: Inbound) -> Turn:
        return Turn(inbound.dedup_key, "silent", None)

    async with open_world() as world:
        world.engine.answer = keep_silent
        world.engine.notices = False
        assert await send(world, "voice", MediaId="m") == words().unread["voice"].reply
        assert await world.tencent.say(ME, "在吗") == SUCCESS


# Places


async def test_a_location_becomes_a_question_about_its_county(world: World) -> None:
    await send(
        world,
        "location",
        Location_X="40.82",
        Location_Y="111.69",
        Label="内蒙古自治区呼和浩特市赛罕区敕勒川大街1号",
    )
    (inbound,) = world.engine.received
    assert inbound.text == "我在内蒙古自治区呼和浩特市赛罕区，去哪里申请法律援助？"
    assert inbound.notice is None


@pytest.mark.parametrize("label", [{}, {"Label": ""}, {"Label": "小区北门"}])
async def test_a_location_that_names_no_county_is_not_guessed(
    world: World, label: dict[str, str]
) -> None:
    said_of_it = await send(world, "location", Location_X="40.8", Location_Y="111.6", **label)
    assert said_of_it == words().place.unknown.reply
    assert "12348" in said_of_it


@pytest.mark.parametrize(
    ("address", "county"),
    [
        ("内蒙古自治区赤峰市", "内蒙古自治区赤峰市"),
        ("中国内蒙古自治区兴安盟乌兰浩特市五一路", "内蒙古自治区兴安盟乌兰浩特市"),
        ("锡林郭勒盟东乌珠穆沁旗", "锡林郭勒盟东乌珠穆沁旗"),
        (
            "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇",
            "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗",
        ),
        ("阿拉善左旗巴彦浩特镇", "阿拉善左旗"),
        ("北京市朝阳区建国路", "北京市朝阳区"),
        ("广东省深圳市南山区", "广东省深圳市南山区"),
        ("内蒙古自治区", None),
        ("人民公园北门市场", None),
        ("中旗", None),
        ("家里", None),
        ("", None),
    ],
)
def test_only_a_named_county_is_read_from_an_address(address: str, county: str | None) -> None:
    assert county_in(address) == county


def test_the_question_that_a_location_becomes_names_its_league_to_the_bot() -> None:
    asked = question("region", date(2026, 11, 22))
    for league in words().place.leagues:
        place = county_in(f"内蒙古自治区{league}某某路1号")
        assert place == f"内蒙古自治区{league}"
        said_to_the_bot = words().place.asks.format(place=place)
        assert labels("region")[str(parse_answer(asked, said_to_the_bot))] == league


# Choices to tap and marks


def test_the_bot_s_own_way_to_a_person_is_known_as_one() -> None:
    options = yaml.safe_load((ROOT / "actions/words/options.yml").read_text("utf-8"))
    assert any(sign in options["talk_to_lawyer"] for sign in words().people)


def test_the_bot_s_answers_can_be_told_from_its_questions() -> None:
    basis = yaml.safe_load((ROOT / "actions/words/answer_question.yml").read_text("utf-8"))["basis"]
    assert any(basis.startswith(sign) for sign in words().rating.after)


async def test_an_answer_invites_a_mark_and_a_question_does_not(world: World) -> None:
    world.engine.answer = said("先去劳动监察。\n依据：《劳动法》第五十条")
    await world.tencent.say(ME, "老板不发工资")
    world.engine.answer = said("在哪个盟市？", "赤峰市")
    await world.tencent.say(ME, "能申请援助吗")
    answer, question = world.tencent.seen[ME]
    assert answer.text.endswith(words().rating.ask)
    assert words().rating.ask not in question.text
