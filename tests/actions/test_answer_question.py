"""Answers come from the knowledge base with their basis, or the bot says that it is not sure."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import ARTICLE_HIT, NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"


async def test_an_answer_shows_its_basis_and_that_no_lawyer_has_checked_it(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    assert "先要凭据" in citizen.told
    assert "依据：《劳动争议调解仲裁法》第二十七条" in citizen.told
    assert "内容核对至 2026-11-21，未经律师审核" in citizen.told
    assert citizen.options == ["详细", "法条原文", "相关问题", "申请法律援助", "找律师"]


async def test_an_answer_is_remembered_for_what_follows(citizen: Citizen, api: InternalApi) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    assert citizen.slots["last_entry"] == "labour/unpaid-wages"
    assert citizen.slots["aid_matter"] == "labour_pay"
    assert citizen.slots["last_question"] == "老板欠我工资"


async def test_an_article_with_a_higher_score_does_not_push_the_entry_aside(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", {**ARTICLE_HIT, "score": 0.99}, WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    assert "先要凭据" in citizen.told


async def test_a_stale_entry_carries_a_warning(citizen: Citizen, api: InternalApi) -> None:
    api.finds("answer", {**WAGES, "stale": True})
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    assert "新的版本" in citizen.told


async def test_a_reviewed_entry_says_so(citizen: Citizen, api: InternalApi) -> None:
    api.finds("answer", {**WAGES, "review": "reviewed"})
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    assert "已经律师审核" in citizen.told


async def test_no_answer_is_longer_than_six_hundred_characters(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", {**WAGES, "body": "要先留好凭据。" * 200})
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    assert len(citizen.told) <= 600
    assert citizen.told.endswith("未经律师审核。")


async def test_where_several_entries_are_near_the_citizen_chooses_by_title(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", {**WAGES, "score": 0.3}, {**NO_CONTRACT, "score": 0.28})
    await citizen.runs(ASK, "老板的事", "ask_law")
    assert "不敢肯定您问的是哪一个" in citizen.told
    assert WAGES["answer"] not in citizen.told
    assert citizen.options[:2] == ["老板拖欠工资怎么办？", "没签劳动合同怎么办？"]


async def test_the_likeliest_of_several_is_said_in_a_sentence_as_no_more_than_likely(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("ask_back", {**WAGES, "score": 0.45}, {**NO_CONTRACT, "score": 0.2})
    await citizen.runs(ASK, "老板的事", "ask_law")
    assert WAGES["answer"] in citizen.told
    assert "不敢肯定" in citizen.told
    assert citizen.options[:2] == ["老板拖欠工资怎么办？", "没签劳动合同怎么办？"]
    assert citizen.slots["last_entry"] is None


async def test_what_is_not_found_is_said_honestly_with_the_hotline(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs(ASK, "月亮归谁所有", "ask_law")
    assert "没有把握" in citizen.told
    assert "12348" in citizen.told
    assert "找律师" in citizen.options


async def test_an_article_of_a_law_that_does_not_hold_yet_says_so(
    citizen: Citizen, api: InternalApi
) -> None:
    article = {"law": "商标法", "article": "第一条", "version": "2026-06-01", "text": "为了……",
               "replaced_by": None, "in_force_from": "2027-01-01"}  # fmt: skip
    api.finds("answer", article=article)
    await citizen.runs(ASK, "商标法第一条", "ask_law")
    assert "2027-01-01 才施行" in citizen.told


async def test_a_replaced_article_says_what_governs_now(citizen: Citizen, api: InternalApi) -> None:
    article = {"law": "劳动法", "article": "第八十二条", "version": None, "text": None,
               "replaced_by": "劳动争议调解仲裁法第二十七条", "in_force_from": None}  # fmt: skip
    api.finds("answer", article=article)
    await citizen.runs(ASK, "劳动法第八十二条", "ask_law")
    assert "劳动争议调解仲裁法第二十七条" in citizen.told


async def test_articles_named_without_being_sure_are_marked_as_such(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("not_sure", ARTICLE_HIT)
    await citizen.runs(ASK, "工资用实物发", "ask_law")
    assert "可能有关，也可能不对" in citizen.told
    assert "《劳动法》第五十条" in citizen.told


async def test_the_nearest_entries_are_suggested_although_none_is_sure(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("not_sure", WAGES, ARTICLE_HIT)
    api.results["suggests"] = True
    await citizen.runs(ASK, "老板的事", "ask_law")
    assert "没有把握" in citizen.told
    assert citizen.options == [WAGES["title"], "找律师"]
    assert "《劳动法》" not in citizen.told


async def test_small_talk_that_nothing_fits_is_not_treated_as_law(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("not_sure", ARTICLE_HIT)
    await citizen.runs(ASK, "今天天气怎么样", "out_of_scope")
    assert "我只会讲法律" in citizen.told
    assert "《劳动法》" not in citizen.told


async def test_a_legal_question_mistaken_for_small_talk_is_still_answered(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "out_of_scope")
    assert "先要凭据" in citizen.told


async def test_a_named_article_is_shown_with_its_law_and_version(
    citizen: Citizen, api: InternalApi
) -> None:
    article = {"law": "劳动法", "article": "第五十条", "version": "2018-12-29", "text": "工资……"}
    api.finds("answer", article=article)
    await citizen.runs(ASK, "劳动法五十条", "show_article")
    assert citizen.told.startswith("《劳动法》第五十条（2018-12-29 版）：")


async def test_an_article_that_is_not_there_is_not_recited(
    citizen: Citizen, api: InternalApi
) -> None:
    article = {"law": "劳动法", "article": "第九百条", "version": None, "text": None}
    api.finds("answer", article=article)
    await citizen.runs(ASK, "劳动法九百条", "show_article")
    assert "没有这一条的原文" in citizen.told


async def test_a_question_is_searched_with_what_it_may_follow(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"context": "老板拖欠工资怎么办", "last_entry": "labour/unpaid-wages"}
    await citizen.runs(ASK, "那他不同意呢", "ask_law")
    (search,) = api.searches
    assert search["context"] == "老板拖欠工资怎么办"
    assert search["entry"] == "labour/unpaid-wages"


async def test_another_matter_that_is_not_answered_forgets_the_entry_shown_before(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"context": "离婚孩子归谁", "last_entry": "marriage/custody"}
    api.finds("ask_back", WAGES, NO_CONTRACT)
    api.results["context"] = "老板的事"
    await citizen.runs(ASK, "老板的事", "ask_law")
    assert (citizen.slots["context"], citizen.slots["last_entry"]) == ("老板的事", None)


async def test_small_talk_leaves_what_was_asked_before(citizen: Citizen, api: InternalApi) -> None:
    citizen.slots["context"] = "离婚孩子归谁"
    await citizen.runs(ASK, "今天天气怎么样", "out_of_scope")
    assert [search.get("context") for search in api.searches] == [None]
    assert citizen.slots["context"] == "离婚孩子归谁"


async def test_over_three_turns_the_context_of_each_search_goes_with_the_next(
    citizen: Citizen, api: InternalApi
) -> None:
    contexts = [
        "老板拖欠我工资",
        "老板拖欠我工资\n我想去仲裁",
        "老板拖欠我工资\n我想去仲裁\n老板会报复吗",
    ]
    for context in contexts:
        api.finds("answer", WAGES)
        api.results["context"] = context
        await citizen.runs(ASK, context.splitlines()[-1], "ask_law")
    assert [search.get("context") for search in api.searches] == [None, *contexts[:2]]
    assert citizen.slots["context"] == contexts[2]


@pytest.mark.parametrize(
    "action",
    [
        "action_answer_question",
        "action_more_detail",
        "action_show_article",
        "action_related_questions",
    ],
)
async def test_without_the_knowledge_service_the_hotline_is_given(
    citizen: Citizen, no_api: None, action: str
) -> None:
    citizen.slots["last_entry"] = "labour/unpaid-wages"
    await citizen.runs(action, "老板欠我工资", "ask_law")
    assert "12348" in citizen.told


async def test_a_service_that_answers_with_an_error_is_a_service_that_is_down(
    citizen: Citizen, api: InternalApi
) -> None:
    api.down = True
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    assert "12348" in citizen.told


async def test_detail_belongs_to_the_last_answer(citizen: Citizen, api: InternalApi) -> None:
    citizen.slots["last_entry"] = "labour/unpaid-wages"
    await citizen.runs("action_more_detail", "详细", "more_detail")
    assert citizen.told == "详细说：仲裁不收费。"


async def test_detail_before_any_answer_asks_what_happened(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_more_detail", "详细", "more_detail")
    assert "遇到了什么事" in citizen.told


async def test_an_entry_that_was_withdrawn_is_not_shown(citizen: Citizen, api: InternalApi) -> None:
    citizen.slots["last_entry"] = "labour/gone"
    await citizen.runs("action_more_detail", "详细", "more_detail")
    assert "撤下来" in citizen.told
    assert citizen.slots["last_entry"] is None


async def test_the_articles_behind_the_last_answer_are_shown(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots["last_entry"] = "labour/unpaid-wages"
    await citizen.runs("action_show_article", "法条原文", "show_article")
    assert "《劳动争议调解仲裁法》第二十七条（2007-12-29 版）" in citizen.told
    assert "时效期间为一年" in citizen.told


async def test_asking_for_an_article_out_of_the_blue_asks_which(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_show_article", "法条原文", "show_article")
    assert "第几条" in citizen.told


async def test_related_questions_are_offered_as_titles(citizen: Citizen, api: InternalApi) -> None:
    citizen.slots["last_entry"] = "labour/unpaid-wages"
    await citizen.runs("action_related_questions", "相关问题", "related_questions")
    assert citizen.options == ["没签劳动合同怎么办？", "找律师"]


async def test_inside_the_interview_an_answer_leaves_the_options_to_the_open_question(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    citizen.loop = "eligibility_form"
    await citizen.runs(ASK, "仲裁要钱吗", "ask_law")
    assert citizen.options == []


async def test_a_coming_last_day_is_named_before_the_answer(
    citizen: Citizen, calendar: Calendar, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_answer_question", "仲裁11月30号到期 怕办不成", "ask_law")
    assert citizen.told.startswith("您说的 2026年11月30日")
    await citizen.runs("action_answer_question", "合同11月30号到期 公司不续签", "ask_law")
    assert "最后一天" not in citizen.told


async def test_who_a_menu_did_not_help_is_told_of_the_likeliest(
    citizen: Citizen, api: InternalApi
) -> None:
    first, other = {**WAGES, "score": 0.2}, {**NO_CONTRACT, "score": 0.09}
    api.finds("not_sure", first, other, suggests=True)
    await citizen.runs(ASK, "干了半年啥也没见着", "ask_law")
    assert WAGES["answer"] not in citizen.told
    await citizen.runs(ASK, "他老是说过两天", "ask_law")
    assert f"您要是问“{WAGES['title']}”：{WAGES['answer']}" in citizen.told
    assert citizen.options[:2] == [WAGES["title"], NO_CONTRACT["title"]]


async def test_nobody_is_put_the_same_choices_a_third_time(
    citizen: Citizen, api: InternalApi
) -> None:
    first, other = {**WAGES, "score": 0.2}, {**NO_CONTRACT, "score": 0.09}
    api.finds("not_sure", first, other, suggests=True)
    for text in ("干了半年啥也没见着", "他老是说过两天", "就那么拖着"):
        await citizen.runs(ASK, text, "ask_law")
    assert WAGES["title"] not in citizen.options
    assert "找律师" in citizen.options


async def test_what_is_hardly_likely_stays_off_the_menu(citizen: Citizen, api: InternalApi) -> None:
    noise = {**NO_CONTRACT, "score": 0.01}
    for band in ("ask_back", "not_sure"):
        citizen.slots.clear()
        api.finds(band, {**WAGES, "score": 0.3}, noise, suggests=True)
        await citizen.runs(ASK, "干了半年啥也没见着", "ask_law")
        assert WAGES["title"] in citizen.options
        assert noise["title"] not in citizen.options


async def test_how_much_is_asked_of_the_choices_whatever_it_sounds_like(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"context": "她不给孩子钱", "offered": [NO_CONTRACT["title"]]}
    api.finds("ask_back", WAGES)
    await citizen.runs(ASK, "要多少合适", "out_of_scope")
    assert api.searches[-1]["context"] == "她不给孩子钱"
