"""Cold, poison, blood and a thief on the telephone: what is to be done now comes first."""

import pytest

from gateway.crisis import words
from gateway.safety import danger_in, every_reply
from tests.fakes.rasa import says
from tests.gateway.conftest import World

CHEATED = "刚转了三万才知道是骗子"
SUICIDE = "想从楼上下去算了 活着没意思了"


async def _reply(world: World, text: str) -> str:
    turn = await world.say(text)
    assert turn.reply
    return turn.reply.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("房东嫌我晚交俩月房租 把暖气阀门关了 我闺女刚满月", "cold"),
        ("电让房东掐了，屋里冷的不行，孩子才五十天 两个月不到", "cold"),
        ("物业把我家水电断了，家里有坐月子的", "cold"),
        ("我奶奶瘫着 他们把电断了 屋里零下", "cold"),
        ("厨房一股煤气味 不知道哪漏的", "gas_leak"),
        ("早起一家人头疼恶心 夜里炉子倒烟了", "co"),
        ("他爸把发烧的娃抱走了 手机关机", "sick_child"),
        ("我有糖尿病，针剂胰岛素断了，婆婆把药锁起来不给", "no_medicine"),
        ("放羊回来 脚趾头冻黑了", "frostbite"),
        ("我哥去找马 起白毛风了 电话打不通", "lost_in_snow"),
        ("车误在草原上了 零下三十 没油了", "lost_in_snow"),
        ("村里老王媳妇让邻居打了 脑袋破了", "beaten_hurt"),
        ("头破了", "wound"),
        ("头磕破了 流血呢 医药费谁出", "wound"),
        ("我嫂子喝药了 还有地的事想问", "suicide_of_another"),
        ("对方让我开着屏幕共享 说是银监会的", "scam"),
        ("客服让我把验证码念给他 我念了", "scam"),
        ("我妈正给那边转钱 拦不住", "scam"),
        ("他说再不操作就上征信黑名单", "scam"),
        ("客服说我账户要冻结 转还是不转啊", "scam"),
        ("对方问我要验证码 给不给", "scam"),
        ("贷款平台让我先交保证金解冻 我要不要交", "scam"),
        ("让我先交解冻费才给放款 我在犹豫", "scam"),
        ("要不要给他转 他说我涉案", "scam"),
        ("微信上有人说能帮我把骗走的钱追回来，先交百分之十", "paid_rescuer"),
        ("被骗了两万 有个黑客说能追回来 要先打五百", "paid_rescuer"),
        ("说是网警，能帮我挽回损失，让我先付服务费", "paid_rescuer"),
        ("我妈昨天下楼摔了一跤，今天迷迷糊糊老想睡", "after_blow"),
        ("让牛顶了一下 尿尿有血", "after_blow"),
        ("孩子在学校摔了头 回来吐了两次", "after_blow"),
        ("骑摩托摔了肚子疼得厉害", "after_blow"),
        ("天花板塌了砸着我妈了", "medical"),
        ("房子塌了", "medical"),
    ],
)
def test_what_must_be_done_now_is_known(text: str, kind: str) -> None:
    danger = danger_in(text)
    assert danger
    assert danger.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "暖气不热能退采暖费不",
        "房东停电催房租合法吗",
        "两个月没交房租 房东能停水不",
        "去年冻伤过 能评残不",
        "孩子发烧好了 幼儿园不让去",
        "胰岛素医保报多少",
        "糖尿病能评残疾不",
        "婆婆说媳妇喝药调理身体花钱多",
        "骗子判了几年",
        "被骗的钱抓住人能退不",
        "客服让我转人工",
        "房子到底转不转给儿子",
        "老板说工资转账，到底转不转",
        "去年借出去的三万是转账的 他不还咋办",
        "表哥催我还钱，最后三天，不还就起诉",
        "中介让我先付定金，要不要转",
        "律师所让我先交三千代理费 贵不贵",
        "干活砸了脚，手指发麻，算工伤吗",
        "去年让车撞了 现在还头疼 能再要钱吗",
        "楼上漏水 天花板泡塌了半拉",
        "隔了一天了才报警 监控不会覆盖了吧",
        "老板说下个月给我转账",
        "验证码收不到 咋登录",
        "雪天路滑 车刮了谁赔",
        "羊在雪里冻死了 保险赔不",
        "煤气罐押金能退不",
        "我妈喝药喝得好多了",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert danger_in(text) is None


def test_a_broken_head_is_not_told_of_wires_and_gas() -> None:
    for kind in ("wound", "beaten_hurt", "medical"):
        assert "触电" not in every_reply()[kind]
        assert "煤气" not in every_reply()[kind]


@pytest.mark.parametrize("text", ["媳妇让人打了 头破了", "我老公让工头打得头上流血"])
def test_who_was_beaten_bloody_needs_police_and_ambulance_first(text: str) -> None:
    danger = danger_in(text)
    assert danger
    first = danger.reply.splitlines()[0]
    assert "110" in first
    assert "120" in first
    assert "12338" not in danger.reply


def test_with_poison_drunk_nothing_else_is_spoken_of_first() -> None:
    danger = danger_in("媳妇喝药了 房子咋分 债咋还")
    assert danger
    assert "120" in danger.reply.splitlines()[0]
    assert "不急在这一会儿" in danger.reply


def test_where_it_is_cold_the_child_is_warmed_before_the_law() -> None:
    lines = every_reply()["cold"].splitlines()
    assert "暖和" in lines[0]
    assert not any("《" in line for line in lines[:3])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("我是不是太傻了", "不怪您"),
        ("恨自己没脑子", "不怪您"),
        ("骗子又打来吓唬", "别接"),
        ("他说要抓我坐牢", "别接"),
        ("正在转账", "别再转"),
        ("他让我再交保证金才退", "别再转"),
        ("验证码给过了", "挂失"),
        ("银行打不通", "紧急止付"),
        ("还来得及吗 报警有用吗", "越早越好"),
    ],
)
async def test_who_is_being_cheated_is_met_at_once_and_not_by_a_menu(
    world: World, text: str, said: str
) -> None:
    world.rasa.script[text] = says("您问的是哪一个？")
    await world.say(CHEATED)
    told = await _reply(world, text)
    assert said in told
    assert "哪一个？" not in told


async def test_a_question_of_law_after_a_theft_is_answered(world: World) -> None:
    world.rasa.script["借网贷转的还用还吗"] = says("一般要还。")
    await world.say(CHEATED)
    told = await _reply(world, "借网贷转的还用还吗")
    assert told == f"{words().kinds['scam'].front}\n\n一般要还。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("打了没人接", "那就打 120"),
        ("12356没人接", "那就打 120"),
        ("电话占线", "那就打 120"),
        ("还在上面坐着 风大", "往里退"),
        ("我还在楼顶", "往里退"),
        ("不想下来", "往里退"),
    ],
)
async def test_who_is_at_the_edge_is_never_left_to_an_answer(
    world: World, text: str, said: str
) -> None:
    world.rasa.script[text] = says("您问的是哪一个？")
    await world.say(SUICIDE)
    assert said in await _reply(world, text)


@pytest.mark.parametrize(
    ("danger", "text", "said"),
    [
        ("房东把暖气掐了 孩子才两个月", "不吃奶了 蔫蔫的", "马上打 120"),
        ("房东把暖气掐了 孩子才两个月", "没地方去", "敲门"),
        ("草原上迷路了 白毛风 啥也看不见", "手机百分之五了", "位置"),
        ("草原上迷路了 白毛风 啥也看不见", "困了 想睡会", "别睡"),
    ],
)
async def test_the_cold_is_stayed_with(world: World, danger: str, text: str, said: str) -> None:
    world.rasa.script[text] = says("您问的是哪一个？")
    await world.say(danger)
    assert said in await _reply(world, text)
