"""Steps, papers, places and clocks of an application, with nothing invented."""

from __future__ import annotations

import re

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

GUIDANCE = [
    "action_guide_application",
    "action_required_documents",
    "action_find_office",
    "action_deadlines",
]
PAPERS = "action_required_documents"
KNOWN_NUMBERS = {"12348", "0471-5301444"}


@pytest.mark.parametrize("action", GUIDANCE)
async def test_it_is_short_and_gives_no_unknown_phone_number(citizen: Citizen, action: str) -> None:
    await citizen.runs(action, "法律援助怎么办", "apply_legal_aid")
    assert 50 < len(citizen.told) <= 600
    assert set(re.findall(r"\d{5,}|\d{4}-\d+", citizen.told)) <= KNOWN_NUMBERS


@pytest.mark.parametrize("action", GUIDANCE)
async def test_repealed_rules_are_gone(citizen: Citizen, action: str) -> None:
    await citizen.runs(action, "法律援助怎么办", "apply_legal_aid")
    for old in ("工作日", "盖章", "困难证明"):
        assert old not in citizen.told


async def test_the_steps_name_the_ways_to_hand_in_and_the_clocks(citizen: Citizen) -> None:
    await citizen.runs("action_guide_application", "怎么申请", "apply_legal_aid")
    for part in ("窗口", "邮寄", "司法所", "嘎查", "7 天", "3 天"):
        assert part in citizen.told
    assert "看看我能不能申请" in citizen.options


@pytest.mark.parametrize("action", GUIDANCE)
@pytest.mark.parametrize("detained", [True, False])
async def test_it_is_short_for_the_accused_too(
    citizen: Citizen, action: str, detained: bool
) -> None:
    citizen.slots |= {"matter": "criminal", "criminal_role": "accused", "accused_cases": "minor"}
    if detained:
        citizen.slots |= {"for_whom": "relative", "represented": "detained"}
    await citizen.runs(action, "法律援助怎么办", "apply_legal_aid")
    assert 50 < len(citizen.told) <= 600


async def test_the_steps_for_the_accused_say_when_a_lawyer_must_be_appointed(
    citizen: Citizen,
) -> None:
    citizen.slots |= {"matter": "criminal", "criminal_role": "accused", "accused_cases": "minor"}
    await citizen.runs("action_guide_application", "怎么申请", "apply_legal_aid")
    assert "应当在 3 天内通知法律援助机构" in citizen.told


async def test_the_steps_name_the_matter_of_the_question_before(citizen: Citizen) -> None:
    citizen.slots["aid_matter"] = "labour_pay"
    await citizen.runs("action_guide_application", "申请法律援助", "apply_legal_aid")
    assert "讨要工资" in citizen.told


async def test_papers_follow_the_matter(citizen: Citizen) -> None:
    citizen.slots["aid_matter"] = "traffic_injury"
    await citizen.runs("action_required_documents", "要什么材料", "required_documents")
    assert "交通事故认定书" in citizen.told


async def test_papers_without_a_matter_say_that_more_may_be_needed(citizen: Citizen) -> None:
    await citizen.runs(PAPERS, "申请法律援助要带什么", "required_documents")
    assert "还没说是什么事" in citizen.told


@pytest.fixture
def deposit(monkeypatch: pytest.MonkeyPatch) -> str:
    """An entry about a deposit that says what to bring."""
    body = "押金要退。\n\n1. 先要。\n\n期限：三年。\n带上：租房合同、转账记录。\n找谁：12345。"
    entry = {**WAGES, "docid": "renting/deposit", "title": "房东不退押金怎么办？", "body": body}
    monkeypatch.setitem(ENTRIES, "renting/deposit", entry)
    return "renting/deposit"


async def reads_about(citizen: Citizen, docid: str) -> None:
    """Have the citizen shown an entry."""
    citizen.slots["last_entry"] = docid
    citizen.before.append({"event": "slot", "name": "last_entry", "value": docid})


async def test_after_an_entry_the_papers_are_those_of_its_matter(
    citizen: Citizen, api: InternalApi, deposit: str
) -> None:
    await reads_about(citizen, deposit)
    await citizen.runs(PAPERS, "需要什么材料", "required_documents")
    assert "带上：租房合同、转账记录。" in citizen.told
    assert "12345" not in citizen.told
    assert "申请法律援助要带什么" in citizen.options
    await citizen.runs(PAPERS, "申请法律援助要带什么", "required_documents")
    assert "身份证" in citizen.told


async def test_after_legal_aid_was_spoken_of_the_papers_are_those_of_legal_aid(
    citizen: Citizen, api: InternalApi, deposit: str
) -> None:
    await reads_about(citizen, deposit)
    citizen.before.append({"event": "action", "name": "action_guide_application"})
    await citizen.runs(PAPERS, "需要什么材料", "required_documents")
    assert "法律援助申请表" in citizen.told
    await reads_about(citizen, deposit)
    await citizen.runs(PAPERS, "需要什么材料", "required_documents")
    assert "租房合同" in citizen.told


async def test_an_entry_that_names_no_papers_has_none_made_up(
    citizen: Citizen, api: InternalApi
) -> None:
    await reads_about(citizen, WAGES["docid"])
    await citizen.runs(PAPERS, "需要什么材料", "required_documents")
    assert "没有单写" in citizen.told
    assert "身份证" not in citizen.told


async def test_where_nothing_was_spoken_of_it_is_asked_which_papers(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs(PAPERS, "需要什么材料", "required_documents")
    assert "哪一种材料" in citizen.told
    first, other = citizen.options
    await citizen.runs("action_answer_question", other, "nlu_fallback")
    assert "什么事" in citizen.told
    await citizen.runs(PAPERS, "需要什么材料", "required_documents")
    await citizen.runs("action_required_documents", first, "required_documents")
    assert citizen.told.count("法律援助申请表") == 1


async def test_papers_for_a_matter_that_is_named_are_searched(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(PAPERS, "申请劳动仲裁要什么材料", "required_documents")
    assert "先要凭据" in citizen.told
    api.finds("not_sure")
    await citizen.runs(PAPERS, "在赤峰要带什么材料", "required_documents")
    assert "法律援助申请表" in citizen.told


async def test_in_the_interview_the_papers_are_those_of_legal_aid(
    citizen: Citizen, api: InternalApi, deposit: str
) -> None:
    citizen.loop = "eligibility_form"
    await reads_about(citizen, deposit)
    await citizen.runs(PAPERS, "需要什么材料", "required_documents")
    assert "法律援助申请表" in citizen.told
    api.finds("answer", WAGES)
    await citizen.runs(PAPERS, "离婚要带什么材料", "required_documents")
    assert "先要凭据" in citizen.told


async def test_the_place_in_the_message_counts(citizen: Citizen) -> None:
    await citizen.runs("action_find_office", "赤峰哪里能申请", "find_office")
    assert "赤峰市" in citizen.told
    assert "第三十八条" in citizen.told


async def test_how_long_is_about_legal_aid_where_nothing_was_asked_before(citizen: Citizen) -> None:
    await citizen.runs("action_deadlines", "多久有结果", "deadlines")
    for part in ("7 天", "3 天", "5 天", "第四十三条"):
        assert part in citizen.told


async def test_how_long_after_a_legal_question_is_about_that_question(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    citizen.slots["context"] = "老板拖欠工资怎么办？"
    await citizen.runs("action_deadlines", "还来得及吗", "deadlines")
    assert "先要凭据" in citizen.told


@pytest.mark.parametrize(
    ("text", "intent", "action"),
    [
        ("要律师不 没钱", "after_application", "action_after_application"),
        ("他把我工资卡收着呢 我没钱请律师", "ask_law", "action_answer_question"),
        ("请不起律师", "inform", "action_answer_question"),
    ],
)
async def test_who_cannot_pay_a_lawyer_in_a_told_matter_hears_how_to_get_one(
    citizen: Citizen, api: InternalApi, text: str, intent: str, action: str
) -> None:
    citizen.slots |= {"context": "他打我", "aid_matter": "domestic_violence"}
    await citizen.runs(action, text, intent)
    assert "申请法律援助（家庭暴力），这样办" in citizen.told
    assert citizen.loop is None
    await citizen.runs("action_find_office", "那去哪办", "find_office")
    assert "法律援助机构申请" in citizen.told


async def test_who_must_be_given_a_lawyer_is_not_sent_to_apply_for_one(
    citizen: Citizen, api: InternalApi
) -> None:
    boy = {**WAGES, "docid": "criminal/minor-taken-away", "body": "3. 律师：不用申请，公安通知派。"}
    ENTRIES[boy["docid"]] = boy
    citizen.slots |= {"context": "我侄子17 让派出所带走了", "aid_matter": "criminal"}
    await citizen.runs("action_answer_question", "要不要请律师 没钱", "ask_law")
    assert "公安通知派" in citizen.told
    assert "这样办" not in citizen.told


async def test_a_number_said_where_no_places_were_shown_is_no_place(citizen: Citizen) -> None:
    await citizen.runs("action_find_office", "3 那去哪申请", "find_office")
    assert "乌海" not in citizen.told


@pytest.mark.parametrize(
    "said", ["那去乌兰浩特哪家", "干活地方在乌兰浩特，去哪家", "通辽的找哪个单位", "赤峰上哪一家"]
)
async def test_which_office_of_a_place_is_the_one_for_aid_after_a_lawyer_was_asked_for(
    citizen: Citizen, said: str
) -> None:
    await citizen.runs("action_answer_question", "能给请律师不", "talk_to_lawyer")
    await citizen.runs("action_answer_question", said, "ask_law")
    assert "法律援助机构" in citizen.told


async def test_who_waits_hears_which_office_of_a_place(citizen: Citizen) -> None:
    await citizen.runs("action_answer_question", "那去乌兰浩特哪家", "ask_law", waiting=True)
    assert "法律援助机构" in citizen.told


async def test_which_office_before_any_word_of_aid_is_searched(citizen: Citizen) -> None:
    await citizen.runs("action_answer_question", "工资去乌兰浩特哪家要", "ask_law")
    assert "到哪里申请" not in citizen.told
