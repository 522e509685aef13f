"""What a lawyer can do on the page of a case, with forms alone."""

from datetime import timedelta

import pytest

from desk import Desk, Suggestion
from desk.clock import CHINA, utc_now
from tests.desk.browser import Browser, Page
from tests.desk.citizens import PICTURE, StoredCitizens
from tests.desk.conftest import SESSION_KEY, Events, Lawyers, OpenCase, Sessions, SignedIn

FACTS = [
    {"label": "申请人", "value": "王某", "section": "party"},
    {"label": "欠薪金额", "value": "32000 元", "section": "amount"},
]


@pytest.fixture
def desk(sessions: Sessions, citizens: StoredCitizens) -> Desk:
    """A desk with one suggestion for every question."""
    found = Suggestion("labour/unpaid-wages", "老板拖欠工资", "先去投诉", ("《某法》第一条",))
    return Desk(sessions, citizens, SESSION_KEY, suggest=lambda text: [found])


class CasePage:
    """A lawyer's page of a case."""

    def __init__(self, browser: Browser, case_id: int) -> None:
        self.browser, self.path = browser, f"/desk/cases/{case_id}"

    async def text(self) -> str:
        """Returns the page."""
        return (await self.browser.get(self.path)).text

    async def send(self, form: str, **fields: str) -> Page:
        """Fills in one of its forms."""
        return await self.browser.submit(self.path, f"{self.path}/{form}", **fields)


@pytest.fixture
async def page(signed_in: SignedIn, open_case: OpenCase, desk: Desk, lawyers: Lawyers) -> CasePage:
    """The page of a case that lawyer jia has."""
    case = await open_case("c1", facts=FACTS)
    await desk.claim(case.id, lawyers["jia"])
    return CasePage(await signed_in("jia"), case.id)


def in_china(hours: int) -> str:
    """Returns a time as the browser's field for times gives it."""
    return (utc_now() + timedelta(hours=hours)).astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")


async def test_a_fact_is_corrected_where_it_stands_and_keeps_what_the_citizen_said(
    page: CasePage,
) -> None:
    shown = await page.send("facts", label="欠薪金额", value="35000 元")
    assert "35000 元" in shown.text
    assert "对方原来说：32000 元" in shown.text


async def test_a_last_day_that_a_lawyer_adds_is_shown_with_the_days_left(page: CasePage) -> None:
    day = (utc_now().astimezone(CHINA) + timedelta(days=3)).date().isoformat()
    shown = await page.send("facts", label="上诉", value="收到判决", last_day=day)
    assert f"最后一天 {day}（还有 3 天）" in shown.text
    assert "还剩 3 天到期" in shown.text


async def test_a_day_that_is_none_is_refused_in_words(page: CasePage) -> None:
    shown = await page.send("facts", label="上诉", value="收到判决", last_day="明天")
    assert shown.status == 400
    assert "请按年月日选一个日期" in shown.text


async def test_an_answer_is_called_wrong_with_one_button(
    page: CasePage, citizens: StoredCitizens, desk: Desk
) -> None:
    await citizens.say("c1", "仲裁时效是六十日", author="bot")
    assert "已标记答错" not in await page.text()
    assert "已标记答错" in (await page.send("flag")).text
    [flag] = await desk.bot_flags()
    assert flag.said == "仲裁时效是六十日"


async def test_offered_words_go_into_the_reply_beside_what_was_typed(page: CasePage) -> None:
    for name, words in (("canned-0", "您前面说的我已经看到了"), ("suggestion-0", "先去投诉")):
        shown = await page.send("reply", text="我写了一半", insert=name)
        box = shown.text.split('id="reply-text"')[1].split("</textarea>")[0]
        assert "我写了一半" in box
        assert words in box
    assert "（《某法》第一条）" in box


async def test_nothing_is_sent_by_putting_words_into_the_reply(
    page: CasePage, citizens: StoredCitizens
) -> None:
    before = await citizens.heard("c1")
    await page.send("reply", text="我写了一半", insert="canned-0")
    assert await citizens.heard("c1") == before


async def test_a_lawyers_own_words_are_offered_from_then_on(page: CasePage) -> None:
    shown = await page.send("canned", title="地址", text="请带材料到窗口")
    assert shown.text.count("请带材料到窗口") >= 1


async def test_a_case_is_handed_to_a_colleague_with_a_note_for_them_only(
    page: CasePage, signed_in: SignedIn, lawyers: Lawyers, citizens: StoredCitizens
) -> None:
    done = await page.send("transfer", to=str(lawyers["yi"].id), note="请接着看合同")
    assert done.path == "/desk"
    colleague = CasePage(await signed_in("yi"), 1)
    assert "请接着看合同" in await colleague.text()
    former = await page.browser.get(page.path)
    assert former.path == f"{page.path}/read"
    assert "只能看，不能回复" in former.text
    assert "请接着看合同" not in former.text
    assert all("请接着看合同" not in text for _, text, _ in await citizens.heard("c1"))


async def test_a_transfer_without_a_colleague_is_refused_in_words(page: CasePage) -> None:
    assert (await page.send("transfer", to="")).status == 400


async def test_a_case_is_set_aside_shown_under_its_own_list_and_taken_up_again(
    page: CasePage,
) -> None:
    done = await page.send("snooze", until=in_china(24))
    assert "已搁置" in done.text
    assert "回来" in (await page.browser.get("/desk?show=snoozed")).text
    assert 'id="reply-text"' not in await page.text()
    assert 'id="reply-text"' in (await page.send("wake")).text


@pytest.mark.parametrize("until", ["", "昨天", "2020-01-01T10:00"])
async def test_a_time_that_cannot_be_is_refused_in_words(page: CasePage, until: str) -> None:
    shown = await page.send("snooze", until=until)
    assert shown.status == 400
    assert "请选一个以后的时间" in shown.text


async def test_a_resolved_case_can_be_opened_again(page: CasePage) -> None:
    await page.send("resolve", outcome="advised")
    assert 'id="reply-text"' not in await page.text()
    assert 'id="reply-text"' in (await page.send("reopen")).text


async def test_a_promised_call_is_a_task_until_it_was_made(page: CasePage, events: Events) -> None:
    await page.send("callback", due=in_china(5), contact="下午三点以后")
    assert "老板拖欠工资怎么办" in (await page.browser.get("/desk?show=callbacks")).text
    assert "下午三点以后" in await page.text()
    await page.send("callbacks/1", result="已打通")
    assert "下午三点以后" not in await page.text()
    assert (await events(1))[-1] == "callback_done"


async def test_an_application_is_kept_with_the_case(page: CasePage) -> None:
    today = utc_now().astimezone(CHINA).date().isoformat()
    await page.send("application", matter="讨薪", institution="某法律援助中心", handed_in_on=today)
    assert "交到某法律援助中心：讨薪" in await page.text()


async def test_the_queue_is_shown_in_pages_and_a_page_too_far_is_the_last(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    for number in range(25):
        await open_case(f"c{number}", question=f"第{number}件")
    browser = await signed_in("jia")
    first, last = [
        (await browser.get(f"/desk?show=pending&page={number}")).text for number in (1, 99)
    ]
    assert first.count("我来接待") == 20
    assert last.count("我来接待") == 5
    assert "第 2 页，共 2 页" in last
    assert "第0件" in first
    assert "第24件" in last


@pytest.mark.parametrize("query", ["show=nothing", "page=0", "page=x", "show=pending&page=-1"])
async def test_an_address_that_was_changed_by_hand_still_shows_a_page(
    query: str, signed_in: SignedIn
) -> None:
    assert (await (await signed_in("jia")).get(f"/desk?{query}")).status == 200


async def test_a_picture_is_shown_to_the_lawyer_of_the_case_and_to_nobody_else(
    page: CasePage, citizens: StoredCitizens, signed_in: SignedIn, open_case: OpenCase
) -> None:
    await citizens.say("c1", "［图片］")
    async with citizens.sessions() as session:
        line = (await citizens.transcript(session, "c1"))[-1].id
    citizens.shown["c1"] = {line: "waiting"}
    assert "图片正在取" in await page.text()
    citizens.shown["c1"] = {line: "kept"}
    address = f"{page.path}/pictures/{line}"
    assert f'src="{address}"' in await page.text()
    async with page.browser.client.get(address) as response:
        assert response.content_type == "image/png"
        assert await response.read() == PICTURE
    other = await open_case("c2")
    assert (await page.browser.get(f"/desk/cases/{other.id}/pictures/{line}")).status == 403
    assert (await (await signed_in("yi")).get(address)).status == 403
    assert (await page.browser.get(f"{page.path}/pictures/999")).status == 404
