"""What was told is looked over before the result and after days away; any point can be changed."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen

TOLD = {
    "matter": "labour_pay",
    "for_whom": "self",
    "groups": "migrant_worker",
    "region": "chifeng",
    "has_lawyer": False,
    "stage": "not_started",
}
DAY = 24 * 60 * 60.0


async def at_review(citizen: Citizen) -> None:
    """Answer the last question, so that the review is asked for."""
    citizen.slots |= TOLD
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "urgent"
    await citizen.answers("都没有", "deny")


async def resumes_after(citizen: Citizen, seconds: float, text: str, intent: str) -> None:
    """Say something before, something now, and let the interview begin."""
    citizen.slots |= {"matter": "labour_pay", "for_whom": "self", "screened": True}
    await citizen.runs("action_stop_interview", "先不填了", "stop")
    citizen.now += seconds
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", None
    await citizen.answers(text, intent)


async def test_the_points_told_are_the_options_so_that_a_number_means_a_point(
    citizen: Citizen,
) -> None:
    await at_review(citizen)
    assert citizen.options[0] == "什么事：讨要工资"
    assert citizen.options[-1] == "都对"
    assert len(citizen.options) == len(TOLD) + 2
    assert "初步看" not in citizen.told


@pytest.mark.parametrize("yes", ["都对", "对", "是的", "没错", "嗯", "对，没问题"])
async def test_confirmed_answers_give_the_result(citizen: Citizen, yes: str) -> None:
    await at_review(citizen)
    await citizen.answers(yes, "affirm")
    assert citizen.told.startswith("初步看：可能符合")
    assert citizen.loop is None


@pytest.mark.parametrize("point", ["改第2条", "改第二条", "第二条", "2", "给谁办：给我自己"])
async def test_one_point_is_asked_again_and_the_review_comes_back(
    citizen: Citizen, point: str
) -> None:
    await at_review(citizen)
    await citizen.answers(point, "nlu_fallback", 0.2)
    assert citizen.slots["requested_slot"] == "for_whom"
    await citizen.answers("给我自己")
    assert citizen.slots["requested_slot"] == "reviewed"


async def test_no_asks_which_point(citizen: Citizen) -> None:
    await at_review(citizen)
    await citizen.answers("不对", "deny")
    assert "哪一条不对" in citizen.told
    assert citizen.slots["requested_slot"] == "reviewed"


async def test_a_correction_told_in_the_review_is_taken(citizen: Citizen) -> None:
    await at_review(citizen)
    await citizen.answers("说错了，在通辽", "nlu_fallback", 0.2)
    assert citizen.slots["region"] == "tongliao"
    assert citizen.slots["requested_slot"] == "reviewed"
    assert "现在是：事情发生地：通辽市。别的没变。" in citizen.told
    assert citizen.options == ["都对", "再看一遍"]


async def test_a_sure_correction_is_left_to_its_rule(citizen: Citizen) -> None:
    await at_review(citizen)
    await citizen.answers("改一下地方", "correct")
    assert citizen.read == []
    await citizen.runs("action_correct_answer", "改一下地方", "correct")
    assert citizen.slots["region"] is None


async def test_a_side_question_in_the_review_is_left_to_the_other_rules(citizen: Citizen) -> None:
    await at_review(citizen)
    await citizen.answers("需要什么材料", "required_documents")
    assert citizen.read == []


async def test_after_two_misses_in_the_review_a_person_is_offered(citizen: Citizen) -> None:
    await at_review(citizen)
    for _ in range(3):
        await citizen.answers("天上有云", "nlu_fallback", 0.2)
    assert citizen.options == ["找律师", "不知道", "先不填了"]


async def test_two_answers_need_no_review(citizen: Citizen) -> None:
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "matter"
    await citizen.answers("说不清楚", "dont_know")
    assert "初步看" in citizen.told


@pytest.mark.parametrize(
    ("text", "intent"), [("继续", "resume"), ("我能申请吗", "check_eligibility")]
)
async def test_who_comes_back_after_days_is_asked_whether_all_is_still_right(
    citizen: Citizen, text: str, intent: str
) -> None:
    await resumes_after(citizen, 3 * DAY, text, intent)
    assert "您上次说的是这些，现在还对吗" in citizen.told
    assert citizen.options == ["什么事：讨要工资", "给谁办：给我自己", "都对"]
    await citizen.answers("没变", "affirm")
    assert citizen.slots["requested_slot"] == "groups"


async def test_what_changed_in_the_meantime_is_asked_anew(citizen: Citizen) -> None:
    await resumes_after(citizen, 3 * DAY, "继续", "resume")
    await citizen.answers("给谁办：给我自己", "nlu_fallback", 0.2)
    assert citizen.slots["requested_slot"] == "for_whom"


async def test_who_comes_back_within_the_hour_goes_straight_on(citizen: Citizen) -> None:
    await resumes_after(citizen, 600, "继续", "resume")
    assert citizen.slots["requested_slot"] == "groups"


async def test_another_person_keeps_the_matter_and_drops_the_first_persons_means(
    citizen: Citizen,
) -> None:
    citizen.slots |= TOLD
    await citizen.runs("action_correct_answer", "不对，是我妈的事", "correct")
    assert citizen.slots["for_whom"] == "relative"
    assert citizen.slots["groups"] is None
    assert (citizen.slots["matter"], citizen.slots["region"]) == ("labour_pay", "chifeng")
    assert "按他的情况重新问" in citizen.told


async def test_for_whom_can_be_corrected_before_it_was_asked(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "labour_pay", "last_fact": "matter"}
    await citizen.runs("action_correct_answer", "不对，是我妈的事", "correct")
    assert (citizen.slots["matter"], citizen.slots["for_whom"]) == ("labour_pay", "relative")


async def test_another_matter_drops_what_belonged_to_the_old_one(citizen: Citizen) -> None:
    citizen.slots |= TOLD
    await citizen.runs("action_correct_answer", "说错了，是工伤的事", "correct")
    assert citizen.slots["matter"] == "work_injury"
    assert (citizen.slots["stage"], citizen.slots["region"]) == (None, "chifeng")


@pytest.mark.parametrize("text", ["不想说", "这个不方便说", "不愿意说", "跳过"])
async def test_not_wanting_to_say_is_an_answer(citizen: Citizen, text: str) -> None:
    citizen.slots |= {"matter": "land", "for_whom": "self", "groups": "none", "region": "alxa"}
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "hardship_self_assessment"
    await citizen.answers(text, "nlu_fallback", 0.2)
    assert citizen.slots["hardship_self_assessment"] == "unknown"
    assert citizen.slots["requested_slot"] == "has_lawyer"


async def test_the_whole_list_is_read_out_once(citizen: Citizen) -> None:
    await at_review(citizen)
    shown = list(citizen.options)
    await citizen.answers("改第4条 在通辽", "nlu_fallback", 0.2)
    assert citizen.options == ["都对", "再看一遍"]
    await citizen.answers("天上有云", "nlu_fallback", 0.2)
    assert citizen.options == ["都对", "再看一遍"]
    await citizen.answers("再看一遍", "nlu_fallback", 0.2)
    assert len(citizen.options) == len(shown)
    assert "事情发生地：通辽市" in citizen.options
    assert citizen.slots["misses"] == 0


@pytest.mark.parametrize(
    ("said", "fact_id", "value"),
    [
        ("改第3条 低保户", "groups", "social_assistance"),
        ("第三条不对 我是残疾人", "groups", "disabled"),
        ("改第5条 请了", "has_lawyer", True),
        ("把第4条改成奈曼", "region", "tongliao"),
        ("改第7条 在包头", "region", "baotou"),
        ("第6条错了 村里调解过", "stage", "mediation_or_arbitration"),
    ],
)
async def test_a_line_and_its_new_value_are_heard_in_one(
    citizen: Citizen, said: str, fact_id: str, value: object
) -> None:
    """Where the value fits another line than the one named, it is that line that changes."""
    await at_review(citizen)
    await citizen.answers(said, "nlu_fallback", 0.2)
    assert citizen.slots[fact_id] == value
    assert citizen.slots["requested_slot"] == "reviewed"
    assert "好，改成" in citizen.told


async def test_a_line_that_says_so_already_is_not_asked_again(citizen: Citizen) -> None:
    await at_review(citizen)
    await citizen.answers("改第4条 是赤峰", "nlu_fallback", 0.2)
    assert "本来就是“赤峰市”" in citizen.told
    assert citizen.slots["requested_slot"] == "reviewed"


async def test_the_lines_keep_their_numbers_while_one_is_asked_again(citizen: Citizen) -> None:
    await at_review(citizen)
    await citizen.runs("action_correct_answer", "改第2条", "correct")
    assert citizen.slots["for_whom"] is None
    citizen.slots["requested_slot"] = "for_whom"
    await citizen.runs("action_correct_answer", "改第4条 在通辽", "correct")
    assert citizen.slots["region"] == "tongliao"


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("都对 等下 地方错了 是通辽不是赤峰", "region", "tongliao"),
        ("都对，不过地方是通辽 不是赤峰", "region", "tongliao"),
        ("工钱没欠，我说的是摔伤", "matter", "work_injury"),
        ("不是工资的事 是干活摔了", "matter", "work_injury"),
        ("不是工资，就是要养老金", "matter", "social_insurance"),
        ("对 等等 我请律师了 那条错了", "has_lawyer", None),
    ],
)
@pytest.mark.parametrize("intent", ["affirm", "ask_law", "nlu_fallback"])
async def test_a_change_told_in_the_same_breath_comes_before_the_result(
    citizen: Citizen, text: str, fact: str, value: str | None, intent: str
) -> None:
    await at_review(citizen)
    await citizen.answers(text, intent)
    assert citizen.loop == "eligibility_form"
    assert citizen.slots[fact] == value or (value is None and citizen.slots[fact] is True)
    assert "初步看" not in citizen.told


async def test_what_was_told_is_taken_back_by_number_several_at_once(citizen: Citizen) -> None:
    await citizen.runs("action_find_office", "我干了三年 老板欠了五个月工资 我老婆也在", "x")
    await at_review(citizen)
    told = [one for one in citizen.options if one.startswith("说过：")]
    first, second = (citizen.options.index(one) + 1 for one in told[:2])
    await citizen.answers(f"{first}不对 {second}不对", "correct")
    assert citizen.slots["taken_back"] == [one.removeprefix("说过：") for one in told[:2]]
    assert citizen.slots["matter"] == "labour_pay"
    assert citizen.slots["requested_slot"] == "reviewed"


async def test_a_wrong_point_with_its_right_value_and_what_is_urgent(citizen: Citizen) -> None:
    await citizen.runs("action_find_office", "老板欠了五个月工资没给", "x")
    await at_review(citizen)
    told = [one for one in citizen.options if one.startswith("说过：") and "五个月" in one]
    number = citizen.options.index(told[0]) + 1
    await citizen.answers(f"{number}不对 是四个月 还有我急着用钱看病", "correct")
    assert citizen.slots["urgent"] == "preservation"
    await citizen.answers("再看一遍", "inform")
    assert "说过：四个月" in citizen.options
    assert "说过：五个月" not in citizen.options


async def test_a_question_on_a_point_changes_no_other_answer(citizen: Citizen) -> None:
    older = {"groups": "elderly", "matter": "support_payments", "victim_of_abuse": False}
    citizen.slots |= TOLD | older
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "urgent"
    await citizen.answers("都没有", "deny")
    await citizen.answers("第3条 我一个月是有一百多养老金的 算不算有收入", "ask_law")
    assert citizen.slots["matter"] == "support_payments"
    assert "第四十二条第（一）项" in citizen.told


async def test_where_somebody_is_from_is_not_where_it_is(citizen: Citizen) -> None:
    await at_review(citizen)
    await citizen.answers("我是从通辽农村出来打工的", "inform")
    assert citizen.slots["region"] == "chifeng"
    citizen.slots["region"], citizen.slots["requested_slot"] = None, "region"
    await citizen.answers("我是从通辽农村出来打工的", "inform")
    assert citizen.slots["region"] is None
    await citizen.answers("从通辽过来的 活在赤峰干的", "inform")
    assert citizen.slots["region"] == "chifeng"


@pytest.mark.parametrize("said", ["3 不过我妈昨天住院没钱交", "都对 就是急用钱看病"])
async def test_what_is_urgent_is_taken_in_the_review_too(citizen: Citizen, said: str) -> None:
    await at_review(citizen)
    await citizen.answers(said, "inform")
    assert citizen.slots["urgent"] == "preservation"
    assert citizen.slots["groups"] == "migrant_worker"
    assert citizen.slots["requested_slot"] == "reviewed"


@pytest.mark.parametrize(
    "said",
    [
        "七不对 我没说他转移财产 我也没病",
        "第7条不对",
        "7不对 我没说他转移财产",
        "第七条错了 没这回事",
    ],
)
async def test_a_line_called_wrong_is_always_opened(citizen: Citizen, said: str) -> None:
    citizen.slots |= TOLD
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "urgent"
    await citizen.answers("他在转移财产", "inform")
    assert citizen.options[6].startswith("急不急") or "转移财产" in citizen.options[6]
    await citizen.answers(said, "nlu_fallback", 0.2)
    assert "本来就是" not in citizen.told
    assert citizen.slots["urgent"] is None
    assert citizen.slots["requested_slot"] == "urgent"


@pytest.mark.parametrize("said", ["不知道 快过年了 等钱用", "等钱用", "急用钱"])
async def test_needing_money_is_not_recorded_as_hidden_property(
    citizen: Citizen, said: str
) -> None:
    citizen.slots |= TOLD
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "urgent"
    await citizen.answers(said, "inform")
    assert citizen.slots.get("urgent") != "preservation"


async def at_the_sheet_with_points_told(citizen: Citizen) -> list[str]:
    """Come to the sheet after a story with things that stand among its last points."""
    await citizen.runs(
        "action_answer_question", "我公公欠我三千块钱，欠了三年了，在赤峰", "ask_law"
    )
    await at_review(citizen)
    return list(citizen.options)


@pytest.mark.parametrize("text", ["改第{place}条 公公那条不要", "公公那条不要", "把公公那个去掉"])
async def test_a_point_is_taken_away_by_its_words(citizen: Citizen, text: str) -> None:
    sheet = await at_the_sheet_with_points_told(citizen)
    place = next(n for n, one in enumerate(sheet, 1) if "公公" in one)
    await citizen.answers(text.format(place=place), "correct")
    assert "公公" in " ".join(citizen.slots["taken_back"])
    assert citizen.slots["for_whom"] == "self"


async def test_the_numbers_of_the_sheet_shown_last_count(citizen: Citizen) -> None:
    sheet = await at_the_sheet_with_points_told(citizen)
    place = next(n for n, one in enumerate(sheet, 1) if "公公" in one)
    citizen.slots["has_lawyer"] = None  # a point fell away since
    await citizen.answers(f"第{place}条不要", "correct")
    assert "公公" in " ".join(citizen.slots["taken_back"])


async def test_the_banner_that_was_told_stands_on_the_sheet(citizen: Citizen) -> None:
    citizen.slots |= {**TOLD, "region": None}
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "region"
    await citizen.answers("通辽科左中旗", "inform")
    assert citizen.slots["region"] == "tongliao"
    await at_review(citizen)
    assert "说过：通辽市科左中旗" in citizen.options
