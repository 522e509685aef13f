"""Answers in people's own words become values; what is not understood is None."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility import UNKNOWN, Facts, Option, Question, parse_answer, question, screen
from eligibility.questions import FOLDER

from .conftest import TODAY

QUESTIONS = [question(path.stem, TODAY) for path in sorted(FOLDER.glob("*.yml"))]
OPTIONS = [
    pytest.param(asked, place, option, id=f"{asked.id}-{option.value}")
    for asked in QUESTIONS
    for place, option in enumerate(asked.options, 1)
]
NUMERALS = " 一二三四五六七八九"


@pytest.mark.parametrize(("asked", "place", "option"), OPTIONS)
def test_option_is_understood_by_its_label(asked: Question, place: int, option: Option) -> None:
    assert parse_answer(asked, option.label) == option.value
    assert parse_answer(asked, f" {option.label}。") == option.value


@pytest.mark.parametrize(("asked", "place", "option"), OPTIONS)
def test_option_is_understood_by_its_number(asked: Question, place: int, option: Option) -> None:
    said = [str(place), f"第{place}个", f"选{place}"]
    if place < 10:
        said += [NUMERALS[place], f"第{NUMERALS[place]}个"]
        said += [chr(ord("０") + place), chr(ord("①") + place - 1)]
    for text in said:
        assert parse_answer(asked, text) == option.value, text


@pytest.mark.parametrize(("asked", "place", "option"), OPTIONS)
def test_every_phrase_is_understood(asked: Question, place: int, option: Option) -> None:
    for phrase in option.says:
        assert parse_answer(asked, phrase.replace("*", "")) == option.value, phrase
        assert parse_answer(asked, phrase.replace("*", "了他")) == option.value, phrase


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.id)
@pytest.mark.parametrize(
    "text", ["不知道", "不清楚", "说不好", "我也不太清楚", "这个说不准啊", "不晓得"]
)
def test_not_knowing_is_an_answer(asked: Question, text: str) -> None:
    assert parse_answer(asked, text) == UNKNOWN


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.id)
@pytest.mark.parametrize("text", ["", "  ", "。", "今晚吃什么好", "？？"])
def test_what_is_not_understood_is_none(asked: Question, text: str) -> None:
    assert parse_answer(asked, text) is None


@pytest.mark.parametrize("asked", [q for q in QUESTIONS if q.kind == "yes_no"], ids=lambda q: q.id)
def test_yes_and_no_are_understood(asked: Question) -> None:
    for text in ("是", "对", "嗯", "嗯嗯", "对对对", "是的", "是啊"):
        assert parse_answer(asked, text) is True, text
    for text in ("不是", "没有", "没", "不是的", "没有啊", "没有没有，真没有"):
        assert parse_answer(asked, text) is False, text


def _check(fact_id: str, text: str, value: Any) -> None:
    assert parse_answer(question(fact_id, TODAY), text) == value, text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("老板欠我工资", "labour_pay"),
        ("在工地干了三个月，包工头跑了，钱没拿到", "labour_pay"),
        ("给人放羊，说好一年四万，老板不给", "labour_pay"),
        ("公司两个月没发工资了", "labour_pay"),
        ("厂子倒闭了，三个月的钱没给", "labour_pay"),
        ("从脚手架上掉下来腿断了", "work_injury"),
        ("想要孩子抚养权", "other"),
        ("公安局抓错人，要赔偿", "state_compensation"),
        ("我在工地上摔伤了，老板不管", "work_injury"),
        ("手让机器轧了，算工伤吗", "work_injury"),
        ("不是工伤，是欠工资", "labour_pay"),
        ("车祸", "traffic_injury"),
        ("骑电动车被小轿车撞了", "traffic_injury"),
        ("吃坏了肚子，饭店不认", "food_drug_injury"),
        ("手术做坏了，医院不承认", "medical_injury"),
        ("儿子不给赡养费", "support_payments"),
        ("儿女都不养我", "support_payments"),
        ("离婚后他不给孩子抚养费", "support_payments"),
        ("单位没给交社保", "social_insurance"),
        ("低保给停了", "social_assistance"),
        ("抚恤金一直不发", "pension"),
        ("冤枉我关了两年，要国家赔偿", "state_compensation"),
        ("我妈老年痴呆，想认定没有民事行为能力", "capacity"),
        ("煤矿把草场污染了，羊都死了", "pollution"),
        ("老公打我", "domestic_violence"),
        ("老公经常打我，我想离婚", "domestic_violence"),
        ("我爸喝了酒就打我妈", "domestic_violence"),
        ("婆婆把我赶出来了", "abuse_abandonment"),
        ("救人的时候受伤了", "good_samaritan"),
        ("有人在网上侮辱烈士", "heroes"),
        ("我弟弟被抓了", "criminal"),
        ("草场让邻居占了", "land"),
        ("征地补偿太少", "land"),
        ("离婚", "other"),
        ("借钱不还", "other"),
        ("都不是", "other"),
        ("不知道啊，可能算欠工资", "labour_pay"),
        ("第七个", "social_insurance"),
    ],
)
def test_matter_is_recognised_in_a_free_description(text: str, value: str) -> None:
    _check("matter", text, value)


@pytest.mark.parametrize(
    ("fact_id", "text", "value"),
    [
        ("matter", "我儿子把人打了，让派出所带走了", "criminal"),
        ("matter", "我闺女被人糟蹋了", "criminal"),
        ("criminal_role", "我儿子把人打了，让派出所带走了", "accused"),
        ("criminal_role", "我弟弟把人打伤了", "accused"),
        ("criminal_role", "邻居把我儿子打了", "victim"),
        ("criminal_role", "我被人打了", "victim"),
        ("criminal_role", "我哥杀了人", "accused"),
        ("criminal_role", "我哥被人杀了", "victim"),
        ("criminal_role", "想让他赔医药费", "civil_claimant"),
        ("criminal_stage", "检察院抗诉了", "retrial"),
        ("criminal_stage", "检察院批捕了", "prosecution"),
        ("criminal_stage", "最高法院在复核", "death_penalty_review"),
        ("criminal_stage", "判了，不服要上诉", "trial"),
        ("criminal_stage", "判完在监狱", "final"),
        ("accused_cases", "他今年十七", "minor"),
        ("accused_cases", "他今年四十七，好好的", "none"),
        ("accused_cases", "眼睛看不见", "sensory_disability"),
        ("accused_cases", "脑子不好使", "limited_recognition"),
        ("has_lawyer", "请了个值班律师", False),
        ("has_lawyer", "找了个值班律师", False),
        ("has_lawyer", "看守所派的律师来过", False),
        ("has_lawyer", "政府给派了一个律师", False),
        ("has_lawyer", "朋友帮忙找了一个律师", True),
    ],
)
def test_sides_of_a_criminal_case_are_told_apart(fact_id: str, text: str, value: Any) -> None:
    _check(fact_id, text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("呼市", "hohhot"),
        ("呼和浩特市新城区兴安路", "hohhot"),
        ("我在海南区", "wuhai"),
        ("海南", "outside"),
        ("科右前旗那边的嘎查", "hinggan"),
        ("科左后旗", "tongliao"),
        ("杭锦旗", "ordos"),
        ("杭锦后旗", "bayannur"),
        ("鄂托克前旗上海庙镇", "ordos"),
        ("上海", "outside"),
        ("锡盟东乌旗", "xilingol"),
        ("乌兰浩特", "hinggan"),
        ("锡林浩特", "xilingol"),
        ("满洲里", "hulunbuir"),
        ("在北京打工", "outside"),
        ("家在通辽，在赤峰打工", None),
        ("家在包头，在北京打工", None),
    ],
)
def test_region_is_recognised_by_any_place_in_it(text: str, value: str | None) -> None:
    _check("region", text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("还有五天", "deadline"),
        ("还剩6天", "deadline"),
        ("7天", "none"),
        ("不到七天", "deadline"),
        ("还有十来天吧，十天", "none"),
        ("一个星期", "none"),
        ("半个月", "none"),
        ("明天就到期了", "deadline"),
        ("他要跑，在转移财产", "preservation"),
        ("三天前收到的判决", None),
        ("判决书上说15天，收到10天了", None),
        ("十五天上诉期，已经过了十天", None),
        ("判决书收到了，还剩五天", "deadline"),
        ("没有", "none"),
    ],
)
def test_urgency_is_read_from_days_and_words(text: str, value: str | None) -> None:
    _check("urgent", text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200", 1200),
        ("１２００元", 1200),
        ("1,200块", 1200),
        ("一千二", 1200),
        ("两千块", 2000),
        ("1千5", 1500),
        ("大概八百多", 800),
        ("一万二", 12000),
        ("一千零五十", 1050),
        ("二十", 20),
        ("没有收入", 0),
        ("800.5", 800.5),
        ("他一个月就低保五百", 500),
        ("一个月两千", 2000),
        ("一年两万四", 2000),
        ("一年挣三万六 三口人", 1000),
        ("每人五百 三口人", 500),
    ],
)
def test_income_is_read_as_people_say_it(text: str, value: float) -> None:
    _check("monthly_income_per_person", text, value)


@pytest.mark.parametrize(
    ("fact_id", "text", "value"),
    [
        ("has_lawyer", "没有请律师", False),
        ("has_lawyer", "我没请过律师", False),
        ("has_lawyer", "对方请了律师，我没有", False),
        ("has_lawyer", "请了一个律师", True),
        ("has_lawyer", "不知道算不算请了", UNKNOWN),
        ("victim_of_abuse", "他没有打我", False),
        ("victim_of_abuse", "他经常动手", True),
        ("hardship_self_assessment", "不算太困难，过得去", False),
        ("hardship_self_assessment", "没有收入，很困难", True),
        ("groups", "我是农村来城里打工的", "migrant_worker"),
        ("groups", "不是农民工，都不是", "none"),
        ("groups", "家里吃低保", "social_assistance"),
        ("for_whom", "给我妈问的", "relative"),
        ("stage", "还没去法院", "not_started"),
        ("stage", "仲裁委已经受理了", "mediation_or_arbitration"),
    ],
)
def test_spoken_answers(fact_id: str, text: str, value: Any) -> None:
    _check(fact_id, text, value)


@pytest.mark.parametrize(
    ("fact_id", "text", "value"),
    [
        ("criminal_stage", "昨天判了刑，想上诉", "trial"),
        ("criminal_stage", "判了三年", None),
        ("criminal_stage", "法院还没决定再审", "final"),
        ("criminal_stage", "想申请再审", "final"),
        ("criminal_stage", "法院决定再审了", "retrial"),
        ("stage", "判决生效了，申请再审被驳回", "court"),
        ("stage", "法院裁定再审", "retrial"),
        ("has_lawyer", "请了，是免费的", False),
        ("has_lawyer", "原来请了律师，现在不请了", False),
        ("has_lawyer", "对方请了律师，我也请了律师", True),
        ("victim_of_abuse", "没人打我", False),
        ("victim_of_abuse", "邻居打我", False),
        ("victim_of_abuse", "他不打人，但是不管我", True),
        ("victim_of_abuse", "不打我，就是骂我", True),
        ("accused_cases", "大学生", None),
        ("accused_cases", "在国外打工", None),
        ("accused_cases", "帮人带毒品", None),
        ("groups", "以前吃低保，现在没有了", "none"),
        ("groups", "我是孩子他妈", None),
        ("for_whom", "给我孩子，十九了", "relative"),
        ("retrial_acquittal", "二审改判无罪", False),
        ("matter", "邻居打我成轻伤", "criminal"),
    ],
)
def test_words_that_sound_alike_do_not_promise_or_deny_aid(
    fact_id: str, text: str, value: object
) -> None:
    _check(fact_id, text, value)


@pytest.mark.parametrize(
    "said", ["前夫打我", "前妻打我", "前男友打我", "前女友打我", "同居的男朋友打我"]
)
def test_blows_of_a_former_partner_are_heard_alike(said: str) -> None:
    assert parse_answer(question("matter", TODAY), said) == "domestic_violence"


def test_whoever_lives_apart_is_told_what_the_law_leaves_open() -> None:
    """The law names members of the family, and others only while they live together."""
    notes = screen(Facts(matter="domestic_violence"), TODAY).notes
    told = next(note for note in notes if note.reference == "《反家庭暴力法》第三十七条")
    assert "不住在一起的" in told.text
