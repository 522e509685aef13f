"""The call that a waiting citizen asked for can be left, changed and asked about in any words."""

import pytest

from desk import Desk
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import Hears, OpenCase


async def booked(open_case: OpenCase, hears: Hears) -> None:
    await open_case("c1")
    await hears("c1", "留电话")
    told = await hears("c1", "13847612345 白天打")
    assert told is not None
    assert "尾号 2345" in told.text
    assert "白天打" in told.text
    assert "13847612345" not in told.text


@pytest.mark.parametrize(
    "said", ["13847612345 白天打", "我电话 138 4761 2345", "打我妈这个号吧 0471-1234567，晚上"]
)
async def test_a_number_typed_in_the_queue_is_left(
    desk: Desk, open_case: OpenCase, hears: Hears, citizens: StoredCitizens, said: str
) -> None:
    await open_case("c1")
    assert await hears("c1", said) is not None
    [call] = await desk.callbacks()
    assert call.contact == said
    assert await citizens.owner("c1") == "bot"


@pytest.mark.parametrize(
    "said", ["老板电话13847612345 一直不接", "他的手机号是13900001111", "我欠他50000元"]
)
async def test_a_number_of_somebody_else_is_not(
    desk: Desk, open_case: OpenCase, hears: Hears, said: str
) -> None:
    await open_case("c1")
    assert await hears("c1", said) is None
    assert await desk.callbacks() == []


@pytest.mark.parametrize(
    "said",
    [
        "我改主意了，晚上也行，晚上八点以后，别说是律师，我妈不知道",
        "晚上八点以后再打吧",
        "换个时间，周末才方便",
        "下午三点以后行",
        "别跟我家里人说是律师",
        "先别打电话了",
    ],
)
async def test_the_time_and_the_manner_are_changed(
    desk: Desk, open_case: OpenCase, hears: Hears, said: str
) -> None:
    await booked(open_case, hears)
    told = await hears("c1", said)
    assert told is not None
    assert "改好了，尾号 2345" in told.text
    assert said in told.text
    [call] = await desk.callbacks()
    assert call.contact.startswith(said)
    assert "13847612345" in call.contact


async def test_a_new_number_takes_the_place_of_the_old(
    desk: Desk, open_case: OpenCase, hears: Hears
) -> None:
    await booked(open_case, hears)
    told = await hears("c1", "换个号码 13900001111 晚上打")
    assert told is not None
    assert "尾号 1111" in told.text
    [call] = await desk.callbacks()
    assert "13847612345" not in call.contact


@pytest.mark.parametrize(
    "said", ["我那电话还留着没", "电话记下了吗", "啥时候给我打电话", "你们到底给我打不打电话"]
)
async def test_who_asks_hears_what_is_written_down(
    open_case: OpenCase, hears: Hears, said: str
) -> None:
    await booked(open_case, hears)
    told = await hears("c1", said)
    assert told is not None
    assert "留着呢，尾号 2345" in told.text
    assert "白天打" in told.text


async def test_who_left_none_is_asked_for_it(open_case: OpenCase, hears: Hears) -> None:
    await open_case("c1")
    told = await hears("c1", "我那电话还留着没")
    assert told is not None
    assert "还没有记下电话" in told.text


@pytest.mark.parametrize(
    "said",
    [
        "老板晚上八点以后打电话让我加班，犯法不",
        "他白天打我晚上也打我",
        "抚养费要到多大",
        "催收天天打电话咋办",
    ],
)
async def test_a_question_goes_to_the_assistant(
    open_case: OpenCase, hears: Hears, said: str
) -> None:
    await booked(open_case, hears)
    assert await hears("c1", said) is None
