"""Nobody is told what the other side of the matter must do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from actions.sides import (
    across,
    both_sides,
    entry_instead,
    for_the_side_told,
    sides_said,
    speaks_across,
    told_plainly,
)
from actions.wording import records
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

ASK = "action_answer_question"


def hit(docid: str, score: float = 0.4) -> dict[str, Any]:
    """Return a hit of an entry."""
    return {**WAGES, "docid": docid, "title": f"讲{docid}", "body": f"正文{docid}", "score": score}


HIT = hit("traffic/compensation-items")
DRIVER = hit("traffic/at-fault-driver")
LENT, OWES = hit("loans/iou-not-repaid"), hit("loans/debts-negotiate")
AT_DOOR = hit("loans/creditor-at-door")
ENTRIES.update({one["docid"]: one for one in (HIT, DRIVER)})
TENANT, LANDLORD = hit("renting/landlord-evicts"), hit("renting/tenant-not-paying")
WORKER, HOUSE = hit("work_injury/helper-injury"), hit("injury/house-owner-liability")
BEATEN, BEAT = hit("injury/beaten-compensation"), hit("criminal/injury-charge")


CAR, BIKE = HIT, hit("traffic/electric-bike")
CREDITOR, DEBTOR = hit("enforcement/no-property"), hit("enforcement/detention")
PAID, CONTRACTOR = hit("labour/construction-wages"), hit("contracts/construction-payment")
FLED, NO_FAULT = hit("traffic/i-fled"), hit("traffic/car-no-fault")
ENTRIES.update({one["docid"]: one for one in (DEBTOR, PAID)})


@pytest.mark.parametrize(
    ("text", "found", "instead"),
    [
        ("骑电动车让一个小轿车给撞了 腿骨折", BIKE, CAR),
        ("我被小汽车撞了 我骑的电动车", BIKE, CAR),
        ("被开车的撞骨折了 我骑电动车", BIKE, CAR),
        ("骑车让车撞了\n对面是汽车 有保险的那种", BIKE, CAR),
        ("电动车撞电动车\n我是骑电动车被小轿车撞 不是电动车撞电动车", BIKE, CAR),
        ("电动车被小轿车撞了", BIKE, CAR),
        ("电动车撞了电动车", BIKE, None),
        ("我走路让电动车撞了", BIKE, None),
        ("我要被法院执行了 钱转到我妹名下行不行", CREDITOR, DEBTOR),
        ("执行员会不会抓我", CREDITOR, DEBTOR),
        ("判了 我真没钱还咋办", CREDITOR, DEBTOR),
        ("他欠我钱 法院判了他把房子转到他妹名下", CREDITOR, None),
        ("没有合同 包工头也没跑 就是拖着说甲方没给钱", CONTRACTOR, PAID),
        ("在工地绑钢筋干了四个月 就给了两千生活费", CONTRACTOR, PAID),
        ("我包了个工程 甲方不给钱", CONTRACTOR, None),
        ("我弟开车撞了个老头", FLED, DRIVER),
        ("我弟开车上个月也撞了个老头 车有交强险", FLED, DRIVER),
        ("我开车撞了人 害怕跑了", FLED, None),
        ("我弟开车撞了个老头 他这边咋弄", NO_FAULT, DRIVER),
        ("我开车撞了人 他闯红灯 我也要赔吗", NO_FAULT, None),
    ],
)
def test_who_was_misread_gets_the_entry_of_the_own_side(
    text: str, found: dict[str, Any], instead: dict[str, Any] | None
) -> None:
    assert entry_instead(text, [found]) == (instead["docid"] if instead else None)
    assert (found in for_the_side_told(text, [found])) is (instead is None)


async def test_a_correction_of_the_side_changes_the_answer(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", BIKE)
    await citizen.runs(ASK, "电动车撞了 腿骨折", "ask_law")
    assert BIKE["body"] in citizen.told
    await citizen.runs(ASK, "我是骑电动车被小轿车撞 不是电动车撞电动车", "ask_law")
    assert CAR["body"] in citizen.told


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("出车祸了 人在医院 要20万医药费", [DRIVER, HIT]),
        ("借钱的事 有借条", [LENT, OWES]),
        ("租房合同没到期要搬走", [TENANT, LANDLORD]),
        ("干活的人摔伤了谁赔", [HOUSE, WORKER]),
        ("打架 轻伤 怎么赔", [BEATEN, BEAT]),
    ],
)
def test_it_is_asked_where_the_words_do_not_tell(text: str, near: list[dict[str, Any]]) -> None:
    pair = both_sides(text, near)
    assert pair
    assert both_sides(text, near[:1]) is None, "only one side is near"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我骑车让车撞了", HIT),
        ("我妈被撞了 要20万医药费", HIT),
        ("他把我撞了 不赔钱", HIT),
        ("我开车撞了人 要20万医药费", DRIVER),
        ("我老公开车把人撞了", DRIVER),
        ("我借给他三万 不还", LENT),
        ("他欠我两万块钱", LENT),
        ("我欠人家三万 还不上", OWES),
        ("网贷还不起了", OWES),
        ("房东要撵我走 租期没到", TENANT),
        ("租客到期不搬", LANDLORD),
        ("我是房东 他不交租", LANDLORD),
        ("我给人盖房摔伤了", WORKER),
        ("我家盖房雇了个人 摔伤了", HOUSE),
        ("他把我打成轻伤", BEATEN),
        ("打架 我鼻子骨折 轻伤", BEATEN),
        ("我儿子把人打成轻伤", BEAT),
    ],
)
def test_the_words_tell_the_side(text: str, left: dict[str, Any]) -> None:
    pairs = [(HIT, DRIVER), (LENT, OWES), (TENANT, LANDLORD), (WORKER, HOUSE), (BEATEN, BEAT)]
    near = next(list(pair) for pair in pairs if left in pair)
    assert for_the_side_told(text, near) == [left]
    assert both_sides(text, near) is None


def test_who_waits_in_the_debtors_house_is_not_told_what_the_debtor_may_do() -> None:
    assert for_the_side_told("朋友欠我三万不还 我天天去他家坐着要", [AT_DOOR, LENT]) == [LENT]
    assert for_the_side_told("我欠朋友三万 他坐我家不走", [LENT, AT_DOOR])[0] == AT_DOOR


def test_what_is_left_begins_with_the_own_side() -> None:
    other = hit("loans/limitation")
    assert for_the_side_told("借钱的事 我欠他的", [LENT, other, OWES]) == [OWES, other]


def test_each_side_has_its_own_words_and_entries_that_there_are() -> None:
    for row in records("sides", "pairs"):
        one, other = row["sides"]
        entries, across = one.get("entries", []), other.get("entries", [])
        assert not set(entries) & set(across)
        for docid in [*entries, *across]:
            assert Path("knowledge/content/entries", f"{docid}.md").is_file(), docid


@pytest.mark.parametrize("said", ["我是被撞的", "第一个", "被撞"])
async def test_the_side_is_picked_by_its_place_or_its_words_and_what_was_asked_is_answered(
    citizen: Citizen, api: InternalApi, said: str
) -> None:
    api.finds("ask_back", DRIVER, HIT)
    await citizen.runs(ASK, "出车祸了 要20万医药费", "ask_law")
    assert citizen.options == ["我是被撞的", "我开车撞了人", "找律师"]
    await citizen.runs(ASK, said, "ask_law")
    assert HIT["body"] in citizen.told
    assert DRIVER["body"] not in citizen.told


async def test_a_question_instead_of_the_side_is_not_lost(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", DRIVER, HIT)
    await citizen.runs(ASK, "出车祸了 要20万医药费", "ask_law")
    citizen.slots["context"] = "出车祸了 要20万医药费"
    api.finds("not_sure", HIT, DRIVER)
    await citizen.runs(ASK, "要多少赔偿", "ask_law")
    assert citizen.options[:2] == ["我是被撞的", "我开车撞了人"]


async def test_the_side_once_told_holds_for_what_follows(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", DRIVER, HIT)
    await citizen.runs(ASK, "出车祸了 要20万医药费", "ask_law")
    await citizen.runs(ASK, "我开车撞了人", "ask_law")
    assert DRIVER["body"] in citizen.told
    api.finds("answer", HIT, DRIVER)
    await citizen.runs(ASK, "保险公司不赔这钱找谁要", "ask_law")
    assert HIT["body"] not in citizen.told


LESSEE, LESSOR = hit("pasture/lessee"), hit("land/lease-dispute")
MAN, SHEEP = hit("injury/dog-bite"), hit("injury/livestock-harm")
UNIT, PRIVATE = hit("work_injury/recognition"), hit("work_injury/helper-injury")
WILL, DEAD = hit("inheritance/wills"), hit("inheritance/intestate-order")
UNWANTED, FAKE = hit("consumer/online-return"), hit("consumer/fake-goods")
EVICTED, LEAVES = hit("renting/landlord-evicts"), hit("renting/early-leave")
WITH_IOU, NO_IOU = hit("loans/iou-not-repaid"), hit("loans/no-iou")
HURT, HIT_HER = hit("domestic_violence/helping"), hit("public_order/beaten-or-fought")


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("我草场租给人家五年租金两年没给了还多放了好多羊", LESSEE, LESSOR),
        ("我是出租的 我想把地方收回来", LESSEE, LESSOR),
        ("我租了人家的草场 主人要收回", LESSOR, LESSEE),
        ("邻居家的狗把我家羊咬死了十一只他不认", MAN, SHEEP),
        ("狗咬了我的腿 要打疫苗不", SHEEP, MAN),
        ("老汉67给人家盖房从架子上摔了", UNIT, PRIVATE),
        ("不是单位 是给邻居盖房摔的 没合同", UNIT, PRIVATE),
        ("在厂里上班摔断了腿", PRIVATE, UNIT),
        ("我姑走了没写遗嘱 房子我能分不", WILL, DEAD),
        ("东西是假的 退货超过七天了", UNWANTED, FAKE),
        ("不想要了 想退货", FAKE, UNWANTED),
        ("我把我前妻打了 就扇了一巴掌", HURT, HIT_HER),
        ("房东违约赔我一个月房租，押金还退不退", LEAVES, EVICTED),
        ("租的房 他要我提前搬走 房东毁约", LEAVES, EVICTED),
        ("房东要卖房撵我们走，剩下的房租咋算", LEAVES, EVICTED),
        ("租期没到我想搬走，押金要不回来了吧", EVICTED, LEAVES),
        ("是我违约先走的，房东扣押金", EVICTED, LEAVES),
        ("他借我三万打的条子 不还", NO_IOU, WITH_IOU),
        ("我手里有借条 他不还钱", NO_IOU, WITH_IOU),
        ("借条上写着年底还 他赖账", NO_IOU, WITH_IOU),
        ("借他两万没给我打条", WITH_IOU, NO_IOU),
        ("借给表弟三万，光有转账", WITH_IOU, NO_IOU),
        ("是我打的她 不是她打我 打了一下", HURT, HIT_HER),
    ],
)
def test_each_side_gets_its_own_entry_and_is_not_asked(
    text: str, wrong: dict[str, Any], right: dict[str, Any]
) -> None:
    assert wrong not in for_the_side_told(text, [wrong, right])
    assert for_the_side_told(text, [wrong, right])[0] == right
    assert both_sides(text, [wrong, right]) is None


@pytest.mark.parametrize(
    ("text", "docid", "left"),
    [
        ("我借了朋友三万 他天天来家堵我妈", "loans/gambling-debt", False),
        ("我没赌钱 借了朋友三万", "loans/gambling-debt", False),
        ("打麻将欠了三万", "loans/gambling-debt", True),
        ("没写条 我能不还不", "loans/forced-iou", False),
        ("他逼我写的条子", "loans/forced-iou", True),
        ("要不我替他还了算了", "loans/guarantor-recourse", False),
        ("我是担保人 替他还了", "loans/guarantor-recourse", True),
        ("修车铺买的二手电动车 电瓶鼓包", "consumer/second-hand", False),
        ("包工头跑了 工钱没给\n总包说跟他没关系", "work_injury/construction-no-contract", False),
        ("工地欠工钱\n工资 不是受伤", "work_injury/recognition", False),
        ("我在工地没受伤 就是不给钱", "work_injury/before-signing", False),
        ("工地上把脚砸了 包工头不管", "work_injury/construction-no-contract", True),
        ("矿早就黄了 老伴得了尘肺", "work_injury/company-gone", True),
        ("大爷没了 有四个儿女 我爸是他弟", "inheritance/no-heirs", False),
        ("哥哥有儿女 弟弟能分点不", "inheritance/no-heirs", False),
        ("抖音直播间买的羊绒衫 拆了吊牌他不退", "consumer/store-return", False),
        ("我是进货卖的 能七天无理由不", "consumer/online-return", False),
        ("网上批发的鞋 想退", "consumer/online-return", False),
        ("不是自己用 是开店用", "consumer/online-return", False),
        ("不是进货 是自己穿的 不想要了", "consumer/online-return", True),
        ("他欠我八万 我还没告呢", "enforcement/no-property", False),
        ("判了他还没给，名下没钱", "enforcement/no-property", True),
        ("前男友把我妈吓病了", "domestic_violence/prosecute", False),
        ("老公把我打伤了", "domestic_violence/prosecute", True),
        ("网上买的羊绒衫 一看是腈纶的 不给退", "consumer/online-return", False),
        ("网上买的衣服不想要了 不给退", "consumer/online-return", True),
        ("在店里买的鞋不喜欢 能退不", "consumer/store-return", True),
        ("叔叔没儿没女走了", "inheritance/no-heirs", True),
        ("叔叔没有儿女 走了", "inheritance/no-heirs", True),
        ("我闺女在学校让同学扇了 还拍视频", "minors/beaten-and-filmed", False),
        ("我14 同学打我还拍视频", "minors/beaten-and-filmed", True),
        ("几个女生堵着扇她 医药费找谁要", "injury/mentally-ill-attacker", False),
        ("村里有个精神病把我打了", "injury/mentally-ill-attacker", True),
        ("邻居家小孩砸了我家玻璃", "injury/mentally-ill-attacker", True),
        ("人没死 还没判", "criminal/homicide", False),
        ("我爸让人捅了三刀", "criminal/homicide", True),
        ("把媳妇打死了判几年", "criminal/homicide", True),
        ("老公开车把人撞了", "traffic/bike-at-fault", False),
        ("骑电动车把人撞了", "traffic/bike-at-fault", True),
    ],
)
def test_what_was_not_said_is_not_presumed(text: str, docid: str, left: bool) -> None:
    assert bool(for_the_side_told(text, [hit(docid)])) is left


@pytest.mark.parametrize(
    ("said", "sides"),
    [
        (["我骑电动车让轿车蹭倒了", "他让我先垫钱", "能赔多少"], ["对方是汽车", "我是被撞的"]),
        (["我租的房子 押金不退", "他要告我"], ["我是租房的"]),
        (["借给表哥两万", "他说那是我欠他的工钱"], ["别人欠我的钱"]),
        (
            ["我欠朋友五万还不上", "没打条"],
            ["没打条子", "我欠别人的钱", "是我自己欠的"],
        ),
        (["我欠朋友五万还不上", "不对 是他欠我的"], ["别人欠我的钱", "是我自己欠的"]),
        (["我租的房子 押金不退", "帮我邻居问一个事", "有人偷他羊"], []),
        (["我弟欠了网贷 催到我这"], ["我欠别人的钱", "是别人欠的，找到我"]),
        (["我妈走了 哥哥说闺女没份", "我伺候她十年"], ["我是亲闺女"]),
        (["他告我", "怎么离婚"], []),
        (["借了小舅子八万 做买卖赔了 还不上"], ["我欠别人的钱"]),
        (["骑自行车让面包车挂倒了"], ["对方是汽车", "我是被撞的"]),
        (["我门市租给人家了 欠我半年租金"], ["别人欠我的钱", "我是房东"]),
    ],
)
def test_the_side_told_holds_until_another_is_told(said: list[str], sides: list[str]) -> None:
    assert [side.says for side in sides_said(tuple(said))] == sides


async def test_a_title_that_was_picked_tells_no_side(citizen: Citizen, api: InternalApi) -> None:
    api.finds("ask_back", {**DRIVER, "title": "我开车撞了人怎么办？", "score": 0.1}, WAGES)
    await citizen.runs(ASK, "车祸的事", "ask_law")
    await citizen.runs(ASK, "我开车撞了人怎么办？", "ask_law")
    citizen.slots["context"] = None
    api.finds("answer", CAR)
    await citizen.runs(ASK, "医药费能赔多少啊", "ask_law")
    assert CAR["body"] in citizen.told


async def test_the_side_told_turns_ago_counts_after_a_choice(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", {**HIT, "score": 0.1})
    await citizen.runs(ASK, "我骑电动车让轿车撞了", "ask_law")
    await citizen.runs(ASK, HIT["title"], "ask_law")
    citizen.slots["context"] = HIT["title"]
    api.finds("answer", NO_FAULT, HIT)
    await citizen.runs(ASK, "我也闯红灯了 还能要吗", "ask_law")
    assert NO_FAULT["body"] not in citizen.told
    api.finds("ask_back", DRIVER, NO_FAULT, {**HIT, "title": "还能要哪些"})
    await citizen.runs(ASK, "那下一步呢", "ask_law")
    assert DRIVER["title"] not in citizen.options


def test_a_further_question_of_the_other_side_is_not_put_forward() -> None:
    assert speaks_across("我欠别人的钱\n没打条", "朋友借了我的钱不还")
    assert not speaks_across("我欠别人的钱\n没打条", "利息太高")
    assert not speaks_across("没打条", "朋友借了我的钱不还")


async def test_the_thing_named_is_told_by_its_line(citizen: Citizen, api: InternalApi) -> None:
    entry = {**HIT, "docid": "traffic/lines", "body": "能要。\n\n1. 误工费：看少发了多少。"}
    ENTRIES[entry["docid"]] = entry
    api.further = {entry["docid"]: {"护工的钱咋算": "参照护工的报酬。"}}
    api.finds("answer", entry)
    await citizen.runs(ASK, "让车撞了", "ask_law")
    await citizen.runs(ASK, "误工费的钱咋算", "ask_law")
    assert "看少发了多少" in citizen.told
    assert "护工" not in citizen.told


async def test_who_tells_the_side_is_told_what_comes_nearest_on_it(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("not_sure", DRIVER, NO_FAULT)
    await citizen.runs(ASK, "我倒车碰了个老太太", "ask_law")
    assert DRIVER["body"] in citizen.told
    assert "都不是" in citizen.told


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("我老公出轨了 想离婚 孩子归谁", "我出轨了还能要孩子吗"),
        ("借条上写的月息三分", "没写利息能要不"),
        ("卖家反悔不卖了 我交了定金", "我反悔不买了定金能退吗"),
    ],
)
def test_what_only_the_other_side_asks_is_not_put_forward(told: str, question: str) -> None:
    assert speaks_across(told, question)
    assert not speaks_across(question, question)


def test_the_side_told_ends_with_the_matter_of_another_person() -> None:
    assert sides_said(("我借了人家六万还不上", "算了下一个老乡的。他家低保停了")) == ()


@pytest.mark.parametrize(
    "text",
    [
        "催收给我单位打电话 我没脸见人了",
        "我欠别人的钱\n催收天天给我单位打电话 欠了四万多",
        "网贷逾期 催收把短信发到村里群里",
    ],
)
def test_who_owes_it_is_not_told_that_nothing_was_signed(text: str) -> None:
    of_others = hit("loans/contact-harassed")
    assert of_others not in for_the_side_told(text, [of_others])


@pytest.mark.parametrize(
    "text",
    [
        "我没借钱 催收天天打我电话",
        "表弟网贷不还 催收打到我单位",
        "催收找错人了 天天打",
        "朋友借钱填了我号码 催收老打",
    ],
)
def test_who_owes_nothing_is_told_how_to_stop_the_calls(text: str) -> None:
    of_others = hit("loans/contact-harassed")
    assert of_others in for_the_side_told(text, [of_others])


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("我昨天没忍住把我小舅子打了", "我打了人"),
        ("我气头上把我姐夫打伤了", "我打了人"),
        ("我把他胳膊打断了", "我打了人"),
        ("我弟把我妈打了", "我是被打的"),
        ("昨晚我老公把我打了", "我是被打的"),
        ("我和他吵了几句他把我打了", "我是被打的"),
        ("他把我胳膊打断了", "我是被打的"),
    ],
)
def test_who_hit_a_relative_is_not_taken_for_the_one_who_was_hit(text: str, side: str) -> None:
    assert [one.says for one in sides_said((text,))] == [side]


@pytest.mark.parametrize(
    ("text", "docid"),
    [
        ("包工头欠我工钱\n就是村里人自己盖房子 没有总包", "labour/construction-wages"),
        ("给农户盖平房 工头不给工钱", "labour/construction-wages"),
        ("村里让我拆羊圈\n还没拆呢", "administrative/forced-demolition"),
        ("我开个修理铺 雇的人砸了脚", "injury/house-owner-liability"),
        ("我弟叫派出所带走了\n他22了 不是孩子", "criminal/minor-taken-away"),
        ("我儿子被抓了 他都成年了", "criminal/minor-taken-away"),
    ],
)
def test_what_does_not_hold_for_what_was_told_is_left_out(text: str, docid: str) -> None:
    assert for_the_side_told(text, [hit(docid)]) == []


@pytest.mark.parametrize(
    ("text", "ruled"),
    [
        ("爸妈离婚了我跟我爸,我不想跟他过了,想跟我妈,能自己选吗", True),
        ("他俩离了,我十四,愿意跟我妈", True),
        ("没打我啊,我爸老打麻将,我就想跟我妈", True),
        ("爸妈离婚了,我爸拿皮带抽我,想跟我妈", False),
        ("他们离婚了,后妈老打我,我要找我妈", False),
    ],
)
def test_a_child_who_was_not_hit_is_not_told_how_to_flee(text: str, ruled: bool) -> None:
    assert across(text, "domestic_violence/child-asks") is ruled


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("邻居把我家大门砸了\n门坏了赔多少 去哪办", "public_order/property-damaged"),
        ("他带人踹我家窗户\n窗户修一下要一千,找谁赔", "public_order/property-damaged"),
        ("爸妈离婚了\n我就想跟我妈过", "family_support/custody-change"),
    ],
)
def test_plain_words_after_what_was_told_find_the_entry(text: str, entry: str) -> None:
    plain = told_plainly(text, None, sure=True)
    assert plain
    assert plain.entry == entry
