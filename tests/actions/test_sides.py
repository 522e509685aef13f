"""Nobody is told what the other side of the matter must do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from actions.sides import (
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


SELLER = "我在闲鱼卖了个相机 买家用了一礼拜说坏了非要退 我不退他说要告我诈骗"
PARTNER = "我二舅跟人合伙开饭馆 投了八万 现在那人说赔了"
GIFTS = "娃在网上给主播刷了一万三 用我手机 娃九岁"
FILMED = "我14 她们在厕所打我还拍视频"
TAKEN = "我侄子昨晚叫派出所带走了 说是打架 人还没回来"
SITE = "包工头欠我三个月工钱 电话关机"
HEIRS = "大爷没了半年了 家里四个儿女为那套房吵"
MINER = "我老伴在煤矿干了二十年现在喘不上气 大夫说是尘费"
DAUGHTER = "俺闺女初二 班里几个女生堵厕所里扇她 还拍视频"
PAINT = "有人往我家门上泼红漆"
TASKS = "我刷单让人骗了八千"
FINED = "我开小超市卖过期饼干 市监局要罚我五万"
GUARANTEE = "我给朋友担保借了八万 他跑了"
VILLAGE = "村里征地款下来两年了没见着"
GAMBLED = "我老公赌钱把房子输了 房子是我俩名字"
LENT_COUSIN = "我表弟管我借了三万 微信转的没打条子"
CUSTODY = "我俩准备离 婆婆把孩子抱回老家了"
EATEN = "邻居的羊老啃我苜蓿 抓着一只 能扣下不"


@pytest.mark.parametrize(
    ("before", "now", "docid"),
    [
        ("", "有人往我家门上泼红漆 写还钱", "public_order/property-damaged"),
        ("往我家门上泼红漆", "漆谁赔", "public_order/property-damaged"),
        (FINED, "凭啥罚五万", "small_business/food-fine"),
        (FINED, "最少罚多少 法律咋规定的", "small_business/food-fine"),
        ("占道摆摊罚我五百", "凭啥罚五百", None),
        (FINED, "凭什么隔壁不罚就罚我", None),
        (GUARANTEE, "我的工资卡让法院冻了", "loans/guarantor"),
        (GUARANTEE, "法院都判完了", "loans/guarantor"),
        (GUARANTEE, "没约定多久的", "loans/guarantor"),
        ("我的网贷逾期了", "没约定多久的", None),
        ("他欠我八万不还", "我还没告呢 怕他先把房子转走", "procedure/preservation"),
        ("", "还没起诉，他要是把车过户给他弟咋办", "procedure/preservation"),
        ("法院判了他还我八万", "怕他把房子转走", None),
        ("他借我三万打的条子", "借条上写的月息三分，能要不", "loans/interest-cap"),
        ("他借我三万打的条子", "借条上写了月息三分啊！不是没写", "loans/interest-cap"),
        ("他借我三万", "没写利息能要不", "loans/interest-cap"),
        ("有人拿我裸照敲诈我", "可是报警的话警察会不会也罚我啊", "reputation/nude-blackmail"),
        ("前男友天天堵门把我妈吓病了", "医药费找谁", "domestic_violence/ex-partner-harassment"),
        ("网上进了一批衣服，质量不好", "我是进货卖的，不是自己用", "consumer/goods-for-trade"),
        ("房东要卖房撵我走", "违约金和押金两样都能要不", "renting/landlord-evicts"),
        ("", "我弟欠钱我用还吗", "loans/contact-harassed"),
        ("对门半夜打孩子 我能报警不", "他知不知道是我报的", "domestic_violence/helping"),
        ("对门半夜打孩子", "不是打 就是教育孩子呢 我会不会担责", "domestic_violence/helping"),
        ("爸死了妈跑了跟奶奶过 监护人咋弄", "有没有补助", "minors/de-facto-orphan"),
        ("事实孤儿的补助咋办", "得去法院撤妈的资格吗", "minors/de-facto-orphan"),
        (
            "我妈低保给停了说我姐买了个车",
            "嫁出去的闺女的车算不算我妈的",
            "social_insurance/minimum-living-stopped",
        ),
        ("男人四年没信了我想离", "上那个法院 我在鄂尔多斯", "marriage/missing-spouse"),
        ("我借了朋友三万 没写条", "没写条 我能不还不", "loans/debts-negotiate"),
        ("", "我把我前妻打了 她要告我", "public_order/beaten-or-fought"),
        ("男人四年没信了我想离", "娃跟我 他不给钱", "family_support/child-support-unpaid"),
        ("", "我在闲鱼卖相机 买家调包了", "consumer/second-hand-seller"),
        ("", "我卖了个相机 买家收到说是坏的", "consumer/second-hand-seller"),
        (SELLER, "他那不叫诈骗吧", "consumer/second-hand-seller"),
        (SELLER, "平台把钱退给他了 东西也没还我", "consumer/second-hand-seller"),
        (SELLER, "我要告他 最晚哪天", "consumer/second-hand-seller"),
        ("在网上买了个相机是坏的 卖家不退", "他那不叫诈骗吧", None),
        (PARTNER, "要是他把店过户给他媳妇呢", "small_business/partner-moves-assets"),
        (PARTNER, "我舅能自己先把桌椅搬了不", "small_business/partner-moves-assets"),
        (PARTNER, "他能不能把饭馆的东西拉走", "small_business/partner-moves-assets"),
        ("我男人开饭馆欠了债", "他把店过户给他媳妇呢", None),
        (EATEN, "扣下他不给钱我卖了行不", "pasture/livestock-detained"),
        (EATEN, "他把羊抢走还推了我一下 没伤", "pasture/livestock-detained"),
        (EATEN, "那我扣住喂它 饲料钱能要不", "pasture/livestock-detained"),
        ("狼吃了三只羊", "他推了我一下", None),
        ("", "我爹老人钱不发了说系统里他死了", "social_insurance/recorded-as-dead"),
        ("我爹养老金停了说他死了", "能把停的钱补回来不", "social_insurance/recorded-as-dead"),
        ("我爹养老金停了说他死了", "他坐轮椅去不了", "social_insurance/recorded-as-dead"),
        ("", "派出所给我爹户口销成死人了", "household_registration/hukou-cancelled"),
        ("在砖厂胳膊绞了", "老板说给我五万让我签字 签不签", "work_injury/before-signing"),
        ("单位让签劳动合同", "签不签", None),
        ("我欠朋友三万", "他昨天坐家里不走到半夜", "loans/creditor-at-door"),
        ("我男人替人拉货被刑拘了 说是偷的", "他真不知道", "criminal/stolen-goods"),
        ("我买了个电动车是偷的", "他真不知道", None),
        ("租的房到期了我要退租", "房东凭啥不让我搬", "renting/deposit-not-returned"),
        ("租的房没住满", "房东没到期不让我搬", None),
        ("干活摔断了腿 住院呢", "先看病还是先认定", "work_injury/recognition"),
        ("存折让孙子拿去取了钱", "他妈说孩子小不用还", "elderly/property-taken"),
        ("在网上买的鞋是假的", "店关了咋办", "consumer/fake-goods"),
        ("我的店欠房租", "店关了咋办", None),
        (SITE, "总包说跟他没关系 钱都给包工头了", "labour/construction-wages"),
        (SITE, "那总包在哪查", "labour/construction-wages"),
        ("包工头欠我四万二 钱咋要", "上面公司说不归他管", "labour/construction-wages"),
        ("我是包工头 总包欠我工程款", "总包不给结算的工程款咋要", None),
        (HEIRS, "我爸是他弟弟有份吗", "inheritance/intestate-order"),
        (HEIRS, "那我爸一分没有 他伺候我大爷八年", "inheritance/intestate-order"),
        ("", "弟弟伺候哥哥八年 哥哥有儿女 弟弟能分点遗产吗", "inheritance/intestate-order"),
        ("我爸没了 我们三个儿女", "我哥照顾的多 能多分吗", None),
        (MINER, "去哪个医院鉴定", "work_injury/occupational-disease"),
        (MINER, "矿早就黄了 找不着单位了", "work_injury/occupational-disease"),
        (MINER, "人没了的话还能要不", "work_injury/occupational-disease"),
        ("医院把我手术做坏了", "去哪个医院鉴定", None),
        (DAUGHTER, "那几个才十三", "minors/school-bullying"),
        (DAUGHTER, "医药费找谁要", "minors/school-bullying"),
        (DAUGHTER, "打人的那几个家长不给钱", "minors/school-bullying"),
        (DAUGHTER, "学校老捂着", "minors/school-bullying"),
        ("我把人打了", "医药费找谁要", None),
        ("手在厂里让机器压了", "家里就我一个 吃饭都费劲", "work_injury/pay-while-off"),
        ("我岁数大了", "吃饭都费劲", None),
        ("儿子不给养老钱", "我在家里走不动 能上门不", "legal_aid/remote-ways"),
        ("", "我腿坏了走不了路 律师能来家里吗", "legal_aid/remote-ways"),
        ("我欠他三万", "他上门要债能报警不", None),
        ("", "那我找人堵他门 往他家泼油漆行不", None),
        (PAINT, "那我往他家泼漆", None),
        ("", "刷单让人骗了八千 他们还让我再转一万才能提现", "fraud/brushing-orders"),
        (TASKS, "客服一直催我转 我转不转", "fraud/brushing-orders"),
        (TASKS, "我想把自己卡冻上 钱刚转走", "fraud/scammed"),
        (TASKS, "现在打110还有用吗", "fraud/scammed"),
        (TASKS, "我的卡被公安冻了咋解冻", None),
        ("我卡丢了", "卡咋挂失", None),
        (VILLAGE, "我想写个查账申请 咋写", "village_affairs/open-accounts"),
        (VILLAGE, "说我嫁出去了就不是村里人", "village_affairs/membership-dividend"),
        ("想办低保", "申请咋写", None),
        (GAMBLED, "那人明天要来收房咋整", "loans/gambling-debt"),
        (GAMBLED, "他抵给人家了 我没签字", "loans/gambling-debt"),
        ("我租的房到期了", "房东来收房咋整", None),
        (EATEN, "那他不同意赔呢", "pasture/livestock-damage"),
        (LENT_COUSIN, "那他说那钱是还我以前的呢", "loans/no-iou"),
        ("我欠他三万", "我说是还以前的", None),
        ("退租了房东不退押金", "他说墙上有钉子眼 要全扣", "renting/deposit-not-returned"),
        (CUSTODY, "才一岁四个月 还吃奶呢", "marriage/custody"),
        (f"{CUSTODY}\n我能要过来不", "他家条件比我好", "marriage/custody"),
        ("孩子一岁四个月 我俩准备离", "我能要过来不", "marriage/custody"),
        ("孩子九岁 我俩准备离", "我能要过来不", None),
        ("邻居盖房把排水沟堵了", "他说地是他的爱咋弄咋弄", "neighbours/drainage"),
        (TASKS, "银行卡要不要冻了", "fraud/scammed"),
        ("我欠了信用卡", "我没工作", None),
        ("", "有个男的天天跟着我下班 昨天跟到楼道了", "public_order/harassment"),
        ("", "前夫天天跟着我下班", None),
        (GIFTS, "能要回来多少", "consumer/minor-top-up"),
        (GIFTS, "平台说是我自己刷的", "consumer/minor-top-up"),
        ("儿子打网游花了八千", "能退多少", "consumer/minor-top-up"),
        (GIFTS, "告的话在哪告 我在赤峰 平台在北京", "consumer/minor-top-up"),
        ("我给主播刷了一万三", "能要回来多少", None),
        (FILMED, "发了群里算犯法不", "minors/beaten-and-filmed"),
        (FILMED, "怎么让他们删", "minors/beaten-and-filmed"),
        (FILMED, "我想让他们赔钱 他们也14", "minors/beaten-and-filmed"),
        (FILMED, "我不想上学了", "minors/beaten-and-filmed"),
        ("有人造我的谣", "怎么让他们删", None),
        (TAKEN, "他才17", "criminal/minor-taken-away"),
        (f"{TAKEN}\n他才17", "没人害我 我是他大姑 就想问能不能先出来", "criminal/minor-taken-away"),
        (f"{TAKEN}\n他才17", "对方鼻梁断了 要8万", "criminal/minor-taken-away"),
        (f"{TAKEN}\n他才17\n他爸没了", "要不要请律师 没钱", "criminal/minor-taken-away"),
        (TAKEN, "要不要请律师 没钱", None),
        (f"{TAKEN}\n他才17", "没危险 就是人不让见", "criminal/minor-taken-away"),
        (
            "前男友天天在楼下堵我",
            "没结过婚的也能要保护令不",
            "domestic_violence/ex-partner-harassment",
        ),
        (
            "前男友天天在楼下堵我",
            "报了 警察说他没动手管不了",
            "domestic_violence/ex-partner-harassment",
        ),
        ("我姐让姐夫打了关屋里", "她出来了在我车上 脸青的", "domestic_violence/helping"),
        ("在工地摔了 包工头不管", "能不能找上面总包", "work_injury/construction-no-contract"),
        ("在工地干活 包工头欠工钱", "总包欠的工钱找谁", "labour/construction-wages"),
        ("我姑没儿没女走了", "她口头说的算遗嘱不 当时就我一个人在", "inheritance/no-heirs"),
        ("邻居狗咬死我的羊", "别的羊吓得流产了也能要吗", "injury/livestock-harm"),
        ("邻居狗咬死我的羊", "赔多少一只羊", "injury/livestock-harm"),
        ("", "楼上天天半夜搓麻将 我神经衰弱了", "neighbours/leak-and-noise"),
        ("楼上天天搓麻将吵", "能让他赔钱不", "neighbours/leak-and-noise"),
        ("我的车停着让人刮了", "监控只存七天 今天第五天", "traffic/parking-scrape"),
        (
            "小卖部没办照 有人举报",
            "那些烟也是从朋友那拿的 没烟证",
            "small_business/shop-without-licence",
        ),
        ("小卖部没办照 有人举报", "会坐牢吗", "small_business/shop-without-licence"),
        ("小卖部没办照 有人举报", "我现在去办 能不罚不", "small_business/shop-without-licence"),
        ("我把人打了", "会坐牢吗", None),
        ("他欠我三万", "他媳妇坐家里不走", None),
        ("", "顶棚泡了谁赔", "neighbours/leak-and-noise"),
        ("借给同事六万", "没约利息", "loans/interest-cap"),
        ("", "他家羊啃了我的苜蓿", "pasture/livestock-damage"),
        ("", "他把我打了", None),
        ("", "他们把我妹打了", None),
        ("", "上哪个法院", None),
        ("", "我给我弟担保了 用替他还钱不", None),
        ("", "他没写条 不还", None),
    ],
)
def test_plain_words_tell_the_entry(before: str, now: str, docid: str | None) -> None:
    told = told_plainly(f"{before}\n{now}", None, sure=False)
    assert (told.entry if told else None) == docid


def test_plain_words_give_way_to_what_the_search_is_sure_of() -> None:
    said = "有人往我家门上泼红漆"
    assert told_plainly(said, None, sure=True) is None
    assert told_plainly(f"{said}\n漆谁赔", None, sure=True)


def test_what_plain_words_name_is_there_and_says_it() -> None:
    for row in records("sides", "plain"):
        text = Path("knowledge/content/entries", f"{row['entry']}.md").read_text("utf-8")
        body = text.split("\n---\n", 1)[1].replace("**", "")
        lines = [line.lstrip("0123456789. ") for line in body.splitlines()]
        assert any(re.search(row.get("lines", ""), line) for line in lines), row


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
