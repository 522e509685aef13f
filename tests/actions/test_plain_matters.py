"""Words that name a matter plainly lead to its entry, whatever the search is unsure of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from actions.sides import (
    told_plainly,
)
from actions.wording import records

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

TOWED = "我车贷逾期三期 昨晚车被拖走了"

HIRED = "我开个小修理铺 雇的人喝了酒干活把脚砸了"

OWN_HOUSE = "我给人家盖自建房 包工头欠我八千块工钱"

PEN = "村委会贴通知让我拆羊圈"


@pytest.mark.parametrize(
    ("before", "now", "docid"),
    [
        ("", "我把草场让给老乡放羊 他弄来二百匹马", "land/lease-dispute"),
        ("我把草场让给他放羊", "口头的没合同咋证明五年", "land/lease-dispute"),
        ("", "邻居的羊跑进我家草场啃草", None),
        (
            "我姐夫老打她 想申请保护令",
            "她不识字 我能替她去申请不",
            "domestic_violence/protection-order",
        ),
        ("想给我爸申请法律援助", "他不识字 我替他签字行不", "legal_aid/apply-for-family"),
        ("我俩想去民政局协议离", "他第二天说不离了", "marriage/divorce-agreement"),
        ("离婚冷静期要多久", "中间他反悔咋办", "marriage/divorce-agreement"),
        ("我要起诉离婚", "中间他反悔咋办", None),
        ("饭店老板欠我工资", "盘子的钱他能从里头扣吗", "labour/damage-to-employer"),
        ("我弟在看守所", "律师啥时候能见着他", "criminal/meeting-lawyer"),
        ("", "律师啥时候来见我", None),
        ("老板欠我们工资", "八个能不能一块儿去、要多久", "labour/group-claim"),
        ("老板欠我们工资", "我们没十个，就八个", "labour/group-claim"),
        ("我弟昨晚让派出所带走了", "他22了 不是孩子", "public_order/police-questioning"),
        ("我弟让派出所刑拘了", "他都成年了", "criminal/detention-how-long"),
        (OWN_HOUSE, "没有项目部 就是村里人自己盖房子", "labour/hired-by-household"),
        (OWN_HOUSE, "东家说钱给包工头了", "labour/hired-by-household"),
        ("包工头欠我钱", "我弟没进城 就在旗里村上盖房子的", "labour/hired-by-household"),
        (SITE, "总包没给包工头钱", "labour/construction-wages"),
        (TOWED, "我就欠了三期 合同写的逾期他可以自己收车", "loans/car-pledge"),
        (TOWED, "大半夜弄走的 算不算偷", "loans/car-pledge"),
        (TOWED, "他要是这两天给卖了咋整", "loans/car-pledge"),
        ("交警把我车扣了", "能卖了咋办", None),
        ("", "俺问的是村委会有没有权拆", "administrative/illegal-building"),
        (PEN, "他们初一就来铲车", "administrative/illegal-building"),
        (PEN, "我说还没拆呢,初一才来", "administrative/illegal-building"),
        ("征地补偿没谈拢", "还没拆呢", None),
        ("", "我说错了,是婚后买的,首付他爸出的", "marriage/parents-paid-house"),
        ("离婚房子咋分 首付他爸出的", "是结婚以后买的", "marriage/parents-paid-house"),
        ("", "婚前买的房 首付他爸出的", None),
        ("我不想活了", "就是债,信用卡逼得,还有网贷,天天打电话骂我", "loans/online-loan-collection"),
        ("", "信用卡还不上了 天天催", "loans/credit-card-overdue"),
        ("", "网贷欠了三万还不上", "loans/online-loan-overdue"),
        ("", "我弟的网贷 催收天天打给我", None),
        ("", "我昨天没忍住把我小舅子打了,他鼻梁骨断了", "criminal/injury-charge"),
        ("", "我一拳把同事鼻子打出血了", "public_order/beaten-or-fought"),
        ("", "我弟把我打骨折了", None),
        ("", "我把电话打过去他不接", None),
        ("", f"{HIRED} 要我赔", "small_business/worker-hurt"),
        ("", "我家开洗车店 小工滑倒摔断腿", "small_business/worker-hurt"),
        (HIRED, "没给他上保险", "small_business/worker-hurt"),
        (HIRED, "我不是盖房的 我是开铺子的", "small_business/worker-hurt"),
        ("", "我在修理铺干活 脚砸了", None),
        ("", "我家盖房雇的工人摔断腿了", None),
        ("", "我开店 顾客滑倒摔伤了", None),
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
        ("", "就是我兄弟把我妈的钱都拿走了，折子也在他手里", "elderly/property-taken"),
        ("", "我妈的退休金都让我弟取走了", "elderly/property-taken"),
        ("", "大哥攥着老人的工资卡不给", "elderly/property-taken"),
        ("", "我姐把爸的存款转到她名下", "elderly/property-taken"),
        ("我哥把我妈的钱拿走了", "我妈还活着呢！咋就遗产了", "elderly/property-taken"),
        ("我弟拿着老人的折子", "老人没死呢 好好的", "elderly/property-taken"),
        ("", "我爸去世了 我哥把我爸的存款取走了", None),
        ("", "我弟拿着我妈的卡花 我妈痴呆", None),
        ("我妈没跟他领证", "那他闺女要赶我妈走 说给三天", "inheritance/stepchildren-inherit"),
        ("没领证的", "能不能不搬，三天太紧了", "inheritance/stepchildren-inherit"),
        ("房东要卖房", "能不能不搬", None),
        ("三个儿子没一个管俺", "不是告，我说的是找村里，不告儿子", "family_support/parent-support"),
        ("儿子不养我", "就想找人说和说和", "family_support/parent-support"),
        ("儿女都不管我", "不想上法院，丢人", "family_support/parent-support"),
        ("老板欠我工资", "不想打官司", None),
        (
            "我欠了网贷十几万还不起",
            "跟我媳妇假离婚，房子全给她，这总合法吧",
            "marriage/divorce-agreement",
        ),
        ("债主告了我", "离婚把房子车全给老婆行不", "marriage/divorce-agreement"),
        ("他欠我八万", "他假离婚把房给老婆了", None),
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


SUMMONED = "procedure/received-summons"
OWES = "我欠别人的钱\n欠人家饲料钱六万还不上"


@pytest.mark.parametrize("sure", [False, True])
@pytest.mark.parametrize(
    ("before", "now"),
    [
        (OWES, "传票，开庭不去会咋样"),
        (OWES, "被告开庭能不能不去"),
        ("", "不去法院，法院会不会直接判我输"),
        ("村里占我地", "法院寄来的传票我不理行不"),
        ("邻居地界", "人家告我了，我不去能咋"),
        ("狗咬了人", "法庭通知我下礼拜三，不去能把我咋"),
        ("老板欠工资", "起诉状收到了，不答辩行吗"),
        ("别人欠我的钱", "他倒把我告了，我不到庭会咋"),
        (OWES, "贩子把我告到法院了"),
    ],
)
def test_what_a_court_paper_asks_is_heard_in_the_middle_of_any_matter(
    before: str, now: str, sure: bool
) -> None:
    plain = told_plainly("\n".join(filter(None, [before, now])), None, sure)
    assert plain
    assert plain.entry == SUMMONED


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("", "他不来开庭咋办"),
        ("", "被告不来开庭怎么办"),
        ("我要离婚", "开庭不去会咋样"),
        ("劳动仲裁", "开庭不去会怎样"),
        ("别人欠我的钱", "我不去开庭行不"),
        ("", "不去法院行不行，村里调解算数吗"),
        ("", "警察让我去法院作证不去行不"),
        ("", "传票上那天我去不了，能换个日子不"),
        (OWES, "人家起诉我了，我想先把房子过给我姐"),
    ],
)
def test_who_is_not_asked_to_court_as_a_defendant_is_told_of_no_summons(
    before: str, now: str
) -> None:
    plain = told_plainly("\n".join(filter(None, [before, now])), None, False)
    assert plain is None or plain.entry != SUMMONED


@pytest.mark.parametrize(
    ("before", "now", "docid"),
    [
        ("", "土地仲裁委多少天出裁决", "pasture/disputes"),
        ("", "草场承包仲裁，多长时间下结果", "pasture/disputes"),
        ("我跟邻居争草场", "仲裁多久能下来", "pasture/disputes"),
        ("", "劳动仲裁多久出结果", None),
        ("老板欠工资", "仲裁多久能下来", None),
        ("", "失信名单在哪个网站看", "enforcement/restricted"),
        ("", "怎么查一个人是不是老赖", "enforcement/restricted"),
        ("", "能不能查到他上没上失信", "enforcement/restricted"),
        ("我媳妇跟人跑了", "娃我带着 她不给钱", "family_support/child-support-unpaid"),
        ("", "孩子跟我过我养着，他爹一分不出", "family_support/child-support-unpaid"),
        ("", "我一个人带孩子，前夫没给过一分钱", "family_support/child-support-unpaid"),
        ("", "失信名单怎么撤", None),
        ("", "上了失信能贷款不", None),
    ],
)
def test_the_right_arbitration_and_the_public_list_are_named_plainly(
    before: str, now: str, docid: str | None
) -> None:
    plain = told_plainly("\n".join(filter(None, [before, now])), None, False)
    assert (plain.entry if plain else None) == docid


@pytest.mark.parametrize(
    ("before", "now", "docid"),
    [
        ("", "这罚款能晚点交不", "administrative/fine-objection"),
        ("", "那我先不交罚款行不 交了就等于认了吧", "administrative/fine-objection"),
        ("", "罚款分两次交可以不", "administrative/fine-objection"),
        ("", "有啥漏洞能先不交罚款", None),
        ("申请法律援助", "我走不动 叫孙子替我去行不", "legal_aid/apply-for-family"),
        ("申请法律援助", "让我闺女代我去交材料行不", "legal_aid/apply-for-family"),
        ("", "叫孙子替我去行不", None),
        ("申请法律援助", "让我哥替我去坐牢行不", None),
    ],
)
def test_a_lawful_way_is_told_by_its_words(before: str, now: str, docid: str | None) -> None:
    plain = told_plainly(f"{before}\n{now}", None, False)
    assert (plain.entry if plain else None) == docid


@pytest.mark.parametrize(
    ("now", "docid"),
    [
        ("放屁 没拉黑 他扣我钱赔别人车 能不能这么扣 能扣多少", "labour/damage-to-employer"),
        ("老板把我拉黑了 扣我工资赔人家的车", "labour/damage-to-employer"),
        ("扣了我半个月工资顶货款行吗", "labour/damage-to-employer"),
        ("运管扣我车要罚款", None),
        ("房东扣我钱顶房租 押金也不退", None),
    ],
)
def test_wages_kept_for_damage_are_no_seized_car(now: str, docid: str | None) -> None:
    """Whatever the search is sure of."""
    plain = told_plainly(now, None, True)
    assert (plain.entry if plain else None) == docid


@pytest.mark.parametrize(
    ("before", "now", "lines"),
    [
        ("", OWN_HOUSE, False),
        (OWN_HOUSE, "我弟没进城 就在旗里村上盖房子的 算哪种", True),
        ("", PEN, False),
        (PEN, "俺问的是村委会有没有权拆", True),
        (PEN, "我说还没拆呢,初一才来", True),
        ("", "她不识字 我能替她去申请那个保护令不", True),
    ],
)
def test_a_matter_first_told_gets_the_whole_entry_and_what_follows_its_line(
    before: str, now: str, lines: bool
) -> None:
    told = told_plainly(f"{before}\n{now}", None, sure=True)
    assert told is not None
    assert bool(told.lines) is lines
