"""After a refusal, silence or termination: at most what is needed is asked, then the way on."""

from __future__ import annotations

import pytest

from actions.wording import say
from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import WAGES, InternalApi

ACTION = "action_after_application"


async def test_a_refused_citizen_is_asked_for_the_reason_and_nothing_else(
    citizen: Citizen,
) -> None:
    await citizen.asks(ACTION, "法律援助被拒了", "after_application")
    assert "理由" in citizen.told
    assert "说我家不困难" in citizen.options
    await citizen.answers("说我收入超标准", "ask_law")
    assert citizen.loop is None
    for part in ("第四十三条第一款", "第四十九条第一款", "5 天", "行政复议", "起诉", "第四十二条"):
        assert part in citizen.told
    assert len(citizen.told) <= 600


async def test_a_reason_told_at_once_is_not_asked_again(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助被拒了，说这事不归援助管", "after_application")
    assert citizen.loop is None
    assert "第三十一条" in citizen.told


async def test_detail_has_the_other_grounds_and_what_to_write(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助被拒了，说我收入超标准", "after_application")
    await citizen.runs("action_more_detail", "详细", "more_detail")
    assert "个人诚信承诺" in citizen.told
    assert "异议书写清四样" in citizen.told


async def test_the_page_with_the_draft_is_named_where_there_is_one(
    citizen: Citizen, monkeypatch: pytest.MonkeyPatch
) -> None:
    await citizen.asks(ACTION, "法律援助被拒了，没说理由", "after_application")
    assert "草稿" not in citizen.told
    monkeypatch.setenv("OBJECTION_DRAFT_URL", "https://aid.example/objection")
    await citizen.asks(ACTION, "法律援助被拒了，没说理由", "after_application")
    assert "https://aid.example/objection" in citizen.told
    await citizen.asks(ACTION, "申请十天了没回音", "after_application")
    assert "https://aid.example" not in citizen.told


async def test_silence_with_its_days_is_dated_at_once(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "申请十天了没回音", "after_application")
    assert citizen.loop is None
    assert "已经过了，可以去催" in citizen.told
    assert "第四十三条第一款" in citizen.told


async def test_silence_without_a_day_asks_for_the_day(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助申请一直没回音", "after_application")
    assert "哪天收到" in citizen.told
    await citizen.answers("昨天", "nlu_fallback", 0.2)
    assert "最迟" in citizen.told
    assert "已经过了" not in citizen.told


async def test_who_does_not_know_the_day_hears_the_steps_without_a_date(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助申请一直没回音", "after_application")
    await citizen.answers("不知道", "dont_know")
    assert "7 天" in citizen.told
    assert "最迟" not in citizen.told


async def test_a_termination_asks_for_the_reason(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "援助被终止", "after_application")
    await citizen.answers("说我隐瞒、作假", "ask_law")
    assert "故意" in citizen.told
    assert "第四十八条第一款第（二）项" in citizen.told


async def test_an_upheld_decision_gives_the_last_days_of_both_ways(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "异议被司法局维持了", "after_application")
    await citizen.answers("昨天", "inform")
    assert citizen.told.count("您的最后一天是") == 2
    assert "60 天" in citizen.told


async def test_an_unclear_setback_is_asked_for_by_its_kind(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助那边出了点事", "after_application")
    assert "不给援助（被拒了）" in citizen.options
    await citizen.answers("交了申请没有答复", "after_application")
    assert "哪天收到" in citizen.told


async def test_who_cannot_name_it_is_sent_to_a_person(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助那边出了点事", "after_application")
    await citizen.answers("说不清", "dont_know")
    assert "12348" in citizen.told
    assert citizen.options == ["找律师"]


async def test_the_lawyer_gets_the_setback(citizen: Citizen, api: InternalApi) -> None:
    await citizen.asks(ACTION, "法律援助被拒了，说我收入超标准", "after_application")
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    facts = {fact["label"]: fact["value"] for fact in api.cases[0]["facts"]}
    assert facts["申请援助遇到的事"] == "不给援助（被拒了）"
    assert facts["机构说的理由"] == "说我家不困难"


async def test_inside_the_interview_it_is_told_at_once_with_all_grounds(citizen: Citizen) -> None:
    citizen.loop = "eligibility_form"
    await citizen.runs(ACTION, "法律援助被拒了", "after_application")
    assert "第四十九条第一款" in citizen.told
    assert citizen.loop == "eligibility_form"


async def test_why_a_question_is_asked_is_told(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助被拒了", "after_application")
    await citizen.runs("action_explain_why", "为什么问这个", "why")
    assert "理由不一样" in citizen.told


async def test_another_last_day_is_not_the_day_of_the_answer(
    citizen: Citizen, calendar: Calendar
) -> None:
    await citizen.asks(ACTION, "异议被司法局维持了", "after_application")
    await citizen.answers("我是要告工伤的 仲裁11月30号到期 怕来不及", "inform")
    assert "已经过了" not in citizen.told
    assert "2026年11月30日" in citizen.told
    assert "第四十四条" in citizen.told
    assert citizen.loop
    await citizen.answers("上周五收到的", "inform")
    assert citizen.told.count("您的最后一天是") == 2


async def test_the_day_of_the_answer_can_be_corrected(citizen: Citizen, calendar: Calendar) -> None:
    await citizen.asks(ACTION, "异议被司法局维持了", "after_application")
    await citizen.answers("去年11月30号", "inform")
    assert "已经过了" in citizen.told
    said = "不对 11月30号是工伤仲裁到期 司法局答复是上周五收到的"
    await citizen.runs("action_answer_question", said, "ask_law")
    assert citizen.told.count("您的最后一天是") == 2
    assert "已经过了" not in citizen.told


async def test_who_never_applied_is_not_asked_what_befell_the_application(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_after_application", "总包说钱给他了", "after_application")
    assert citizen.loop is None
    assert "先要凭据" in citizen.told


async def test_the_long_list_of_setbacks_is_shown_once(citizen: Citizen, api: InternalApi) -> None:
    await citizen.asks("action_after_application", "申请的事出了岔子", "after_application")
    assert len(citizen.options) > 9
    await citizen.runs("action_ask_after_application_form_setback_event", "那去哪办")
    assert len(citizen.options) < 3
    assert "说一句就行" in citizen.told


@pytest.mark.parametrize(
    ("text", "guides"),
    [
        ("申请法援 我弟弟被抓", True),
        ("想申请法律援助 老板不给钱", True),
        ("我要找个免费律师", True),
        ("法律援助咋弄 我男人打我 我要离婚", True),
        ("申请法援二十天没人理", False),
        ("申请法律援助被拒了", False),
    ],
)
async def test_who_only_asks_for_aid_is_told_how_to_apply(
    citizen: Citizen, api: InternalApi, text: str, guides: bool
) -> None:
    await citizen.runs("action_after_application", text, "after_application")
    assert (say("guide_application", "title") in citizen.told) is guides


async def test_who_is_beaten_and_asks_for_aid_hears_the_numbers_first(
    citizen: Citizen, api: InternalApi
) -> None:
    text = "法律援助咋弄 我男人打我 我要离婚"
    await citizen.runs("action_after_application", text, "after_application")
    assert citizen.texts[0].startswith("现在还有危险，先打 110")
    assert "不看经济困难" in citizen.texts[0]


@pytest.mark.parametrize(
    "text",
    [
        "我男人打我 法律援助咋弄",
        "儿子不养我 援助律师咋找",
        "法律援助咋弄 我七十了儿子不管我",
        "老板说没钱 拖着不给 法律援助咋弄",
        "草场让人占了没人管 法律援助咋整",
        "我弟让人骗了 想办个法律援助 没人理",
        "派出所不管 怎么申请法律援助",
    ],
)
@pytest.mark.parametrize("intent", ["after_application", "ask_law", "nlu_fallback"])
async def test_a_matter_and_a_wish_for_aid_are_never_heard_as_a_setback(
    citizen: Citizen, api: InternalApi, text: str, intent: str
) -> None:
    action = (
        "action_after_application" if intent == "after_application" else "action_answer_question"
    )
    await citizen.runs(action, text, intent)
    assert citizen.loop is None
    assert say("guide_application", "opening") in citizen.told


@pytest.mark.parametrize(
    "text",
    ["申请了法律援助 半个月没信 咋弄", "法律援助没给批 咋弄", "交了援助申请没人理 咋办"],
)
async def test_who_did_apply_is_asked_what_befell_it(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs("action_after_application", text, "after_application")
    assert say("guide_application", "opening") not in citizen.told


async def test_who_asks_if_aid_is_given_after_hearing_how_is_screened(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_guide_application", "法律援助咋办", "apply_legal_aid")
    await citizen.runs("action_guide_application", "能给我办法律援助不", "apply_legal_aid")
    assert citizen.loop == "eligibility_form"


async def test_nobody_is_asked_five_times_what_befell_an_application(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.asks("action_after_application", "申请的事出了岔子", "after_application")
    await citizen.answers("我儿子才抓的", "nlu_fallback", 0.2)
    assert citizen.loop == "after_application_form"
    form = "validate_after_application_form"
    await citizen.runs(form, "就是老板欠我工资呀", "nlu_fallback", 0.2)
    assert citizen.loop is None
    assert "先要凭据" in citizen.told


async def test_whether_aid_is_given_is_no_setback(citizen: Citizen, api: InternalApi) -> None:
    text = "法律援助能给请个律师不"
    await citizen.runs("action_after_application", text, "after_application")
    assert citizen.loop is None
    assert say("guide_application", "opening") in citizen.told


@pytest.mark.parametrize(
    "said",
    [
        "我低保证有 他们还是说不行 我上哪告去 多长时间给信",
        "那我找谁说理去 几天给答复",
        "去哪投诉他们 我家吃低保的",
    ],
)
async def test_who_was_refused_hears_where_to_object_and_is_asked_no_more(
    citizen: Citizen, said: str
) -> None:
    await citizen.asks(ACTION, "法律援助被拒了", "after_application")
    noted = [{"event": "action", "name": "after_application_form"}]
    await citizen.runs("validate_after_application_form", said, "ask_law", 0.9, noted)
    assert citizen.loop is None
    for part in ("司法行政部门", "第四十九条第一款", "5 天", "第四十九条第二款", "第四十三条"):
        assert part in citizen.told
    assert ("第四十二条第（二）项" in citizen.told) == ("低保" in said)
    await citizen.asks("action_find_office", "我上哪告去", "find_office")
    assert "司法行政部门" in citizen.told


async def test_the_reason_is_not_asked_a_third_time(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助被拒了", "after_application")
    await citizen.answers("他们就那么说的", "inform")
    await citizen.answers("反正就是不给", "inform")
    assert citizen.loop is None
    assert "第四十九条第一款" in citizen.told


async def test_a_household_on_relief_is_not_asked_for_the_reason_again(citizen: Citizen) -> None:
    await citizen.asks(ACTION, "法律援助被拒了", "after_application")
    await citizen.answers("我有低保证呢", "inform")
    assert citizen.loop is None
    assert "第四十二条" in citizen.told


async def test_a_refusal_of_something_else_is_not_one_of_legal_aid(citizen: Citizen) -> None:
    citizen.slots["recent"] = None
    await citizen.runs("action_find_office", "低保他们说不行 我上哪告去", "find_office")
    assert "第四十九条" not in citizen.told
