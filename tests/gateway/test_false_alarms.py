"""What sounds like danger and is none; a plain denial ends an alarm at the first time."""

import pytest

from gateway.safety import danger_in, denied, perhaps_danger, surely_sounds_like_danger
from tests.fakes.rasa import says
from tests.gateway.conftest import World
from tests.gateway.dangers import reply


@pytest.mark.parametrize(
    "text",
    [
        "城管给我罚了五千，说我烧烤摊冒烟",
        "执法局说我店里油烟大 冒黑烟 给开了罚单",
        "环保的来了说我锅炉冒黑烟 要罚我三万",
        "邻居投诉我烧烤冒烟扰民",
        "我不死 就是烦 我想问他们打我妈电话合法不",
        "催收的老打我单位电话",
        "他们天天打我爸手机骂",
        "网贷的打我亲戚电话 犯法不",
        "老大把我那平房锁了让我住凉房",
        "儿子把我房门锁了不让我进",
        "老二把大门上了锁 我进不去",
        "房东把我屋锁了 东西还在里头",
        "婆家把我的房子锁了 让我住仓房",
    ],
)
def test_a_fine_for_smoke_a_call_and_a_locked_house_are_no_danger(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我家着火了 城管也在", "fire"),
        ("差点没着火 现在还冒黑烟", "fire"),
        ("没着火 可是满屋子煤气味", "gas_leak"),
        ("他们打我妈", "child_at_home"),
        ("老公打我妈 手机没电了", "violence"),
        ("他把我锁屋里了 出不去", "held"),
        ("老大把我锁凉房里了", "held"),
        ("房东把我屋门锁了 我还在里头", "held"),
    ],
)
def test_what_is_danger_still_is(text: str, kind: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "被狗咬花了八百多 找谁要",
        "我老伴被狗咬花了八百多 找谁要",
        "狗咬了花掉一千二 他不认",
        "让狗咬了一口 花了好几百打针",
        "那厂子门口我堵着车不让他走行吧",
        "我堵住老板的车不让他走行不",
        "我们几个守着大门不让老板出去中不",
        "大伙拦在路口不让货车走",
        "我弟给人盖房子从架子上掉下来腿断了 应该算2吧",
        "在厂里从梯子上摔下来了 选第2个",
        "在架子上放着",
        "货还在货架上摆着呢",
        "东西都在库房里堆着呢",
    ],
)
def test_money_spent_who_blocks_a_form_and_goods_on_a_shelf_are_no_danger(text: str) -> None:
    assert danger_in(text) is None
    assert not surely_sounds_like_danger(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("被蛇咬了 眼花了", "medical"),
        ("他堵着门不让我走", "held"),
        ("我爸从房上掉下来腿断了", "medical"),
        ("老伴放羊让邻村的狗咬了 小腿出血了", "bitten"),
        ("我让狗咬了腿上直流血", "wound"),
        ("让藏獒咬了胳膊 流血呢", "bitten"),
        ("孩子让猫抓破脸了 流血呢", "bitten"),
    ],
)
def test_a_bite_is_washed_and_what_is_worse_still_calls(text: str, kind: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "啥火警 我没着火！是城管罚我款！",
        "弄错了 没有着火",
        "没着火 我就问罚款",
        "哪有着火",
        "不是着火 是问罚款咋交",
        "没有的事",
        "没这回事",
    ],
)
async def test_a_plain_denial_ends_an_alarm_at_the_first_time(world: World, text: str) -> None:
    world.rasa.script[text] = says("罚款这样交。")
    await world.say("我家着火了")
    assert denied(text) or danger_in(text) is None
    assert await reply(world, text) == "罚款这样交。"


@pytest.mark.parametrize("text", ["没人打我", "没人关我", "没有的事", "没这回事"])
async def test_who_is_not_locked_in_is_not_told_so_again(world: World, text: str) -> None:
    world.rasa.script[text] = says("房子这样要。")
    await world.say("他把我锁屋里了")
    assert "出不来" not in await reply(world, text)


@pytest.mark.parametrize(
    "text",
    [
        "他这会儿睡着呢 我不敢报警…",
        "喝倒了 睡着了 我想走又怕",
        "不敢报警 怕他报复",
        "他出去了 我想趁现在跑",
    ],
)
async def test_who_dares_not_call_while_he_sleeps_hears_how_to_leave(
    world: World, text: str
) -> None:
    await world.say("老公喝多了打我")
    told = await reply(world, text)
    assert "害怕不丢人" in told
    assert "妇联" in told
    assert "第二十三条" in told


async def test_who_tells_that_first_hears_it_too(world: World) -> None:
    assert "害怕不丢人" in await reply(world, "他这会儿睡着呢 我不敢报警…")


@pytest.mark.parametrize(
    "text",
    [
        "旗公安局打电话让我去一趟，我害怕",
        "派出所让我去一趟 我怕",
        "派出所来电话叫我去做笔录 心里害怕",
        "警察打电话叫我去 我没犯事 害怕",
        "法院传票来了 我害怕",
        "经侦让我去说明情况 吓得我睡不着",
        "刑警队通知我去 我怕被抓",
        "公安让我明天去 说涉案 我咋办",
        "交警队叫我去处理事故 我有点怕",
        "采光的 邻居二层盖起来了 我妈那边黑乎乎",
        "怀孕四个月了 老板娘让我明天别来了",
        "今天都过了八天了 我打电话过去他们说再等等 我能咋",
        "隔壁起楼把我家太阳挡了 我爸屋里一天不见光",
        "前院盖高了 我家屋里黑乎乎的",
        "怀孕了 老板让我走人",
        "我怀孕五个月 公司不要我了",
        "怀孕两个月 店长让我下周别来了",
        "都过了半个月了 打电话老说再等等",
        "打了好几回电话 他们说还在办 我能咋",
        "都十天了还不给信 我打过去说等着",
        "过了七天了 社保局说再等等 我咋办",
    ],
)
def test_a_summons_a_dark_room_and_a_long_wait_have_no_line_of_numbers(text: str) -> None:
    assert danger_in(text) is None
    assert not perhaps_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "打了120 他们说再等等 我妈喘不上气",
        "派出所说再等等 他又拿刀来了 我怕",
        "怀孕四个月了 老公推我 肚子疼",
        "把我关黑屋里 不让出来",
    ],
)
def test_a_wait_in_danger_still_has_them(text: str) -> None:
    assert danger_in(text) or perhaps_danger(text)
