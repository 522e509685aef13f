"""The queue and the case page, as a lawyer's browser without scripts sees them."""

import re

import pytest

from desk import Desk
from tests.desk.browser import Browser
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import Events, Lawyers, OpenCase, SignedIn

FACTS = [{"label": "欠薪月数", "value": "三个月"}]
ELIGIBILITY = {
    "state": "yes",
    "label": "可能符合",
    "reasons": [{"text": "请求支付劳动报酬", "reference": "《法律援助法》第三十一条第（四）项"}],
    "documents": [{"id": "id_card", "text": "身份证明", "reference": None}],
    "deadlines": [],
    "offices": [],
    "missing": [],
}


async def claimed(browser: Browser, case_id: int) -> str:
    page = await browser.submit("/desk", f"/desk/cases/{case_id}/claim")
    assert page.path == f"/desk/cases/{case_id}"
    return page.text


async def test_the_queue_shows_urgency_reason_topic_question_and_waiting_time_in_order(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    await open_case("c1", waited=75)
    await open_case("c2", question="他要打我", reason="提到人身危险", urgency="danger", topic=None)
    page = (await (await signed_in("jia")).get("/desk")).text
    for words in (
        "劳动报酬",
        "未分类",
        "有人身危险",
        "提到人身危险",
        "1 小时 15 分钟",
        "不到 1 分钟",
    ):
        assert words in page
    assert page.index("他要打我") < page.index("老板拖欠工资怎么办")


async def test_a_reason_given_as_a_code_is_shown_in_words(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    await open_case("c1", reason="asked")
    page = (await (await signed_in("jia")).get("/desk")).text
    assert "对方要求找律师" in page
    assert "asked" not in page


async def test_before_a_claim_only_the_summary_is_shown(
    signed_in: SignedIn, open_case: OpenCase, citizens: StoredCitizens
) -> None:
    case = await open_case("c1", facts=FACTS, eligibility=ELIGIBILITY)
    await citizens.say("c1", "这句只给接待的律师看")
    browser = await signed_in("jia")
    page = await browser.get(f"/desk/cases/{case.id}")
    assert page.status == 200
    assert "老板拖欠工资怎么办" in page.text
    for hidden in ("三个月", "可能符合", "这句只给接待的律师看"):
        assert hidden not in page.text
    assert (await browser.get(f"/desk/cases/{case.id}/live")).status == 403


async def test_the_case_page_shows_facts_screening_and_who_said_what(
    signed_in: SignedIn, open_case: OpenCase, citizens: StoredCitizens
) -> None:
    await citizens.say("c1", "老板拖欠工资怎么办")
    await citizens.say("c1", "可以先投诉", author="bot")
    case = await open_case("c1", facts=FACTS, eligibility=ELIGIBILITY)
    browser = await signed_in("jia")
    page = await claimed(browser, case.id)
    for words in (
        "欠薪月数",
        "三个月",
        "可能符合",
        "《法律援助法》第三十一条第（四）项",
        "身份证明",
        "可以先投诉",
        "自动回复",
        "自动提示",
    ):
        assert words in page
    await browser.submit(
        f"/desk/cases/{case.id}", f"/desk/cases/{case.id}/reply", text="请留好欠条"
    )
    await citizens.deliver("请留好欠条", "dead")
    page = (await browser.get(f"/desk/cases/{case.id}")).text
    assert "请留好欠条" in page
    assert "真人回复" in page
    assert "没有送达" in page


async def test_another_lawyer_cannot_read_a_claimed_or_closed_case(
    signed_in: SignedIn, open_case: OpenCase, citizens: StoredCitizens
) -> None:
    case = await open_case("c1")
    await citizens.say("c1", "我的隐私")
    jia, yi = await signed_in("jia"), await signed_in("yi")
    await claimed(jia, case.id)
    address = f"/desk/cases/{case.id}"
    for closed in (False, True):
        if closed:
            await jia.submit(address, f"{address}/resolve", outcome="advised")
        for path in (address, f"{address}/live"):
            page = await yi.get(path)
            assert page.status == 403
            assert "我的隐私" not in page.text
    assert "我的隐私" in (await jia.get(address)).text


async def test_a_closed_case_does_not_show_what_was_said_later_nor_the_next_what_was_earlier(
    signed_in: SignedIn, open_case: OpenCase, citizens: StoredCitizens
) -> None:
    jia, yi = await signed_in("jia"), await signed_in("yi")
    await citizens.say("c1", "第一件的话")
    first = await open_case("c1")
    await claimed(jia, first.id)
    await jia.submit(
        f"/desk/cases/{first.id}",
        f"/desk/cases/{first.id}/resolve",
        outcome="advised",
        closing="再见",
    )
    await citizens.say("c1", "第二件的话")
    second = await open_case("c1")
    page = await claimed(yi, second.id)
    assert "第二件的话" in page
    assert "第一件的话" not in page
    page = (await jia.get(f"/desk/cases/{first.id}")).text
    assert "第一件的话" in page
    assert "再见" in page
    assert "自动助手恢复回答" in page
    assert "第二件的话" not in page


async def test_opening_a_case_is_recorded_once_a_day_for_each_lawyer(
    signed_in: SignedIn, open_case: OpenCase, events: Events
) -> None:
    case = await open_case("c1")
    for name in ("jia", "jia", "yi"):
        await (await signed_in(name)).get(f"/desk/cases/{case.id}")
    assert (await events(case.id)).count("opened") == 2


async def test_the_lawyer_who_claims_second_reads_who_was_first(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    case = await open_case("c1")
    jia, yi = await signed_in("jia"), await signed_in("yi")
    action = f"/desk/cases/{case.id}/claim"
    late = await yi.get("/desk")
    await claimed(jia, case.id)
    token = re.search(r'name="token" value="([^"]+)"', late.text)
    assert token
    page = await yi.post(action, token=token.group(1))
    assert page.status == 409
    assert "已经由律师甲接待" in page.text


async def test_a_script_in_a_citizens_words_is_only_text(
    signed_in: SignedIn, open_case: OpenCase, citizens: StoredCitizens
) -> None:
    attack = '<script>alert(1)</script><img src=x onerror="alert(2)">'
    case = await open_case(
        "c1",
        question=attack,
        reason=attack,
        topic=attack,
        facts=[{"label": attack, "value": attack}],
        eligibility={"state": "no", "reasons": [{"text": attack, "reference": attack}]},
    )
    await citizens.say("c1", attack)
    browser = await signed_in("jia")
    pages = [(await browser.get("/desk")).text, (await browser.get(f"/desk/cases/{case.id}")).text]
    pages.append(await claimed(browser, case.id))
    for page in pages:
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img" not in page


async def test_no_page_needs_an_inline_script_and_the_policy_forbids_them(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    case = await open_case("c1")
    browser = await signed_in("jia")
    text = await claimed(browser, case.id)
    page = await browser.get(f"/desk/cases/{case.id}")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    assert re.findall(r"<script(?![^>]* src=)", text) == []
    assert re.findall(r"\son\w+=|style=", text) == []
    assert (await browser.get("/desk/static/live.js")).status == 200
    assert (await browser.get("/desk/static/desk.css")).status == 200


async def test_the_queue_says_which_citizen_waits_for_a_reply(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    browser = await signed_in("jia")
    await claimed(browser, case.id)
    assert "等您回复" in (await browser.get("/desk")).text
    await desk.reply(case.id, lawyers["jia"], "请留好欠条")
    assert "等您回复" not in (await browser.get("/desk")).text


async def test_a_refused_reply_keeps_what_was_typed(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    case = await open_case("c1")
    browser = await signed_in("jia")
    await claimed(browser, case.id)
    address = f"/desk/cases/{case.id}"
    page = await browser.submit(address, f"{address}/reply", text="长" * 2001)
    assert page.status == 400
    assert "长" * 2001 in page.text
    page = await browser.submit(address, f"{address}/resolve", closing="还没选结果")
    assert page.status == 400
    assert "还没选结果" in page.text


async def test_a_reply_after_the_citizen_has_left_is_shown_again_not_lost(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk
) -> None:
    case = await open_case("c1")
    browser = await signed_in("jia")
    await claimed(browser, case.id)
    form = await browser.get(f"/desk/cases/{case.id}")
    async with desk.sessions.begin() as session:
        await desk.withdraw(session, "c1")
    token = re.search(r'name="token" value="([^"]+)"', form.text)
    assert token
    page = await browser.post(
        f"/desk/cases/{case.id}/reply", token=token.group(1), text="正要告诉您"
    )
    assert page.status == 409
    assert "正要告诉您" in page.text
    assert "已撤回" in (await browser.get(f"/desk/cases/{case.id}")).text


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("transfer", {"to": "999", "note": "他说周五开庭"}),
        ("callback", {"due": "昨天", "contact": "他说周五开庭"}),
        ("application", {"handed_in_on": "", "matter": "他说周五开庭", "institution": "中心"}),
    ],
)
async def test_what_was_written_into_a_refused_form_is_shown_to_be_copied(
    action: str, fields: dict[str, str], signed_in: SignedIn, open_case: OpenCase
) -> None:
    case = await open_case("c1")
    browser = await signed_in("jia")
    await claimed(browser, case.id)
    address = f"/desk/cases/{case.id}"
    page = await browser.submit(address, f"{address}/{action}", **fields)
    assert page.status == 400
    assert re.search(r"<textarea[^>]*readonly>他说周五开庭", page.text)


async def test_what_was_written_on_a_page_of_an_earlier_sign_in_is_shown_to_be_copied(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    case = await open_case("c1")
    browser = await signed_in("jia")
    await claimed(browser, case.id)
    page = await browser.post(f"/desk/cases/{case.id}/reply", token="old", text="写了很久的回复")
    assert page.status == 403
    assert "写了很久的回复" in page.text
    page = await browser.post("/desk/account/password", token="old", text="", new="secret words")
    assert "secret words" not in page.text


async def test_a_note_is_for_lawyers_only_and_stays_with_the_case(
    signed_in: SignedIn, open_case: OpenCase, citizens: StoredCitizens
) -> None:
    case = await open_case("c1")
    jia, yi = await signed_in("jia"), await signed_in("yi")
    address = f"/desk/cases/{case.id}"
    await claimed(jia, case.id)
    page = await jia.submit(address, f"{address}/notes", text="明天补材料")
    assert "明天补材料" in page.text
    await jia.submit(address, f"{address}/release")
    assert "明天补材料" in await claimed(yi, case.id)
    assert all("明天补材料" not in text for _, text, _ in await citizens.heard("c1"))


async def test_releasing_and_resolving_lead_back_to_the_queue_with_a_word(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    case = await open_case("c1")
    browser = await signed_in("jia")
    address = f"/desk/cases/{case.id}"
    await claimed(browser, case.id)
    page = await browser.submit(address, f"{address}/release")
    assert page.path == "/desk"
    assert "已退回排队" in page.text
    await claimed(browser, case.id)
    page = await browser.submit(address, f"{address}/resolve", outcome="referred")
    assert "已办结" in page.text
    assert "已转介其他机构" in page.text
    assert "已办结，来询人" not in (await browser.get("/desk")).text


async def test_pages_that_do_not_exist_say_so_in_words(signed_in: SignedIn) -> None:
    browser = await signed_in("jia")
    for path in ("/desk/nowhere", "/desk/cases/999"):
        page = await browser.get(path)
        assert page.status == 404
        assert "没有" in page.text
