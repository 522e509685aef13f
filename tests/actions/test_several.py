"""Several matters of one message are kept: named, numbered, taken up again, and let go."""

from __future__ import annotations

import pytest

from actions.matters import matters_of
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"
NOTE = "二舅停低保上个月15号停的 还有邻居盖房挡我家光 再一个借条没写日期管不管用"
WELFARE, LIGHT, PAPER = "二舅停低保上个月15号停的", "邻居盖房挡我家光", "借条没写日期管不管用"
LIST = "1、狗咬了羊 2、老王闺女8个月娃归谁 3、工地摔腿"


async def tells(citizen: Citizen, api: InternalApi, text: str) -> None:
    """Tell something that the library knows an answer to."""
    api.finds("answer", WAGES)
    await citizen.runs(ASK, text, "ask_law")


async def test_a_helpers_note_is_answered_in_parts_and_none_is_lost(
    citizen: Citizen, api: InternalApi
) -> None:
    await tells(citizen, api, NOTE)
    assert api.searches[-1]["q"] == WELFARE
    assert f"您还说了 2 件事：{LIGHT}；{PAPER}" in citizen.told
    assert citizen.options[:3] == [WELFARE, LIGHT, PAPER]


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("第二个", LIGHT),
        ("第三件呢", PAPER),
        ("刚才说的借条那个", PAPER),
        ("借条那个呢", PAPER),
        ("邻居那个事咋办", LIGHT),
        ("挡光的呢", LIGHT),
        ("再说说欠条那件", PAPER),
        ("下一件", LIGHT),
        ("最后一个呢", PAPER),
        ("回到低保那个", WELFARE),
    ],
)
async def test_a_matter_is_taken_up_again_by_number_or_by_words_at_any_time(
    citizen: Citizen, api: InternalApi, text: str, searched: str
) -> None:
    await tells(citizen, api, NOTE)
    await tells(citizen, api, "要带啥材料")
    await tells(citizen, api, text)
    assert api.searches[-1]["q"] == searched


@pytest.mark.parametrize(
    ("text", "searched"),
    [("老王闺女那个呢", "老王闺女8个月娃归谁"), ("孩子那个", "老王闺女8个月娃归谁"),
     ("摔腿的呢", "工地摔腿"), ("第2个", "老王闺女8个月娃归谁")],
)  # fmt: skip
async def test_what_the_writer_numbered_is_found_by_the_people_in_it(
    citizen: Citizen, api: InternalApi, text: str, searched: str
) -> None:
    await tells(citizen, api, LIST)
    await tells(citizen, api, text)
    assert api.searches[-1]["q"] == searched


async def test_a_name_that_fits_none_is_asked_back(citizen: Citizen, api: InternalApi) -> None:
    await tells(citizen, api, NOTE)
    await tells(citizen, api, "老张家那个呢")
    assert "前面哪一件" in citizen.told
    assert citizen.options[:3] == [WELFARE, LIGHT, PAPER]


async def test_all_of_them_are_answered_one_after_the_other(
    citizen: Citizen, api: InternalApi
) -> None:
    await tells(citizen, api, NOTE)
    await tells(citizen, api, "都要")
    assert api.searches[-1]["q"] == LIGHT
    await tells(citizen, api, "下一个")
    assert api.searches[-1]["q"] == PAPER
    assert "您还" not in citizen.told


@pytest.mark.parametrize("text", ["前两个都是", "第一个和第二个", "两个都要"])
async def test_two_choices_that_are_both_meant_are_both_kept(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    api.finds("ask_back", WAGES, NO_CONTRACT)
    await citizen.runs(ASK, "老板的事", "ask_law")
    await tells(citizen, api, text)
    assert api.searches[-1]["q"] == WAGES["title"]
    assert NO_CONTRACT["title"] in citizen.options


async def test_what_is_urgent_is_answered_before_what_stands_first(
    citizen: Citizen, api: InternalApi
) -> None:
    await tells(citizen, api, "低保咋申请 另外我老公天天打我 还有借条没写日期管不管用")
    assert citizen.told.startswith("先说最急的：我老公天天打我")
    assert "低保咋申请；借条没写日期管不管用" in citizen.told


async def test_a_paper_that_just_came_is_counted_first(citizen: Citizen, api: InternalApi) -> None:
    await tells(citizen, api, "低保咋申请 另外昨天拿到交通事故认定书不服")
    assert "先说最急的" in citizen.told
    assert "2026" in citizen.told
    assert "低保咋申请" in citizen.told


async def test_the_last_day_is_counted_from_the_day_told_with_the_matter(
    citizen: Citizen, api: InternalApi
) -> None:
    await tells(citizen, api, NOTE)
    await tells(citizen, api, "那最后哪天能申请复议")
    assert "2026年12月14日" in citizen.told
    await tells(citizen, api, "借条那个呢")
    citizen.slots["deadline_period"] = None
    await tells(citizen, api, "最后哪天能申请复议")
    assert "2026年12月14日" not in citizen.told


async def test_what_is_open_is_named_once_after_a_matter_and_never_after_the_last(
    citizen: Citizen, api: InternalApi
) -> None:
    await tells(citizen, api, NOTE)
    said = []
    for text in ("要带啥材料", "他们不给办呢", "村里不盖章", "那去哪儿办", "远不远"):
        await tells(citizen, api, text)
        said.append("您还有 2 件没说" in citizen.told)
    assert said.count(True) == 1
    await tells(citizen, api, "第二件")
    await tells(citizen, api, "第三件")
    for text in ("要带啥材料", "他们不给办呢", "村里不盖章", "那去哪儿办"):
        await tells(citizen, api, text)
        assert "没说" not in citizen.told


async def test_thanks_are_answered_with_what_is_still_open(
    citizen: Citizen, api: InternalApi
) -> None:
    await tells(citizen, api, NOTE)
    await citizen.runs("action_thanks", "谢谢", "thanks")
    assert f"您还有 2 件没说：{LIGHT}；{PAPER}" in citizen.told
    await citizen.runs("action_thanks", "谢谢啊", "thanks")
    assert "没说" not in citizen.told


@pytest.mark.parametrize(
    "text", ["别的不用了", "剩下的先不问了", "那两个不用管了", "就这个 别的不说了"]
)
async def test_what_is_let_go_is_not_named_again_but_can_be_taken_up(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await tells(citizen, api, NOTE)
    await citizen.runs("action_deny", text, "deny")
    assert "先放下" in citizen.told
    await citizen.runs("action_thanks", "谢谢", "thanks")
    assert "没说" not in citizen.told
    await tells(citizen, api, "第二件")
    assert api.searches[-1]["q"] == LIGHT


async def test_what_was_told_beside_danger_is_kept(citizen: Citizen, api: InternalApi) -> None:
    danger = "我媳妇让人打得头破了 还有我家地修路占了没给钱 另外我妈养老金停了"
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "警察管吗", "ask_law", danger=danger)
    await tells(citizen, api, "养老金那个呢")
    assert api.searches[-1]["q"] == "我妈养老金停了"


async def test_a_question_on_one_of_them_is_asked_of_that_one(
    citizen: Citizen, api: InternalApi
) -> None:
    await tells(citizen, api, NOTE)
    await tells(citizen, api, "借条那个用去法院不")
    assert (api.searches[-1]["q"], api.searches[-1]["context"]) == ("用去法院不", PAPER)


async def test_who_told_one_matter_hears_nothing_of_others(
    citizen: Citizen, api: InternalApi
) -> None:
    await tells(citizen, api, "工资没给还把我押金扣了身份证也不还")
    assert "您还" not in citizen.told
    assert api.searches[-1]["q"] == "工资没给还把我押金扣了身份证也不还"


@pytest.mark.parametrize(
    "said",
    [
        "啥287天？我说的是今年腊月初六开庭，还没到呢",
        "咋又是这个？我问的是上诉要多少钱",
        "谁问你彩礼了？我问的是腊月初六开庭去不去",
    ],
)
def test_a_protest_is_no_matter(said: str) -> None:
    assert matters_of(said) == []


@pytest.mark.parametrize(
    "title",
    [
        "牲口吃了庄稼、草料、树苗怎么赔？羊被人扣下怎么办？",
        "罚款没按时交，会翻倍吗？会强制执行、上黑名单吗？",
        "工资压着、发薪日拖着不发，合法吗？工资几号该发？",
    ],
)
@pytest.mark.parametrize("later", [False, True])
async def test_a_picked_title_asks_nothing_in_the_citizens_name(
    citizen: Citizen, api: InternalApi, title: str, later: bool
) -> None:
    assert len(matters_of(title)) == 2
    buttons = [{"title": title, "payload": title}]
    citizen.before = [
        {"event": "user", "text": "邻居剪了我的网围栏"},
        {"event": "bot", "text": "您问的是哪一个？", "data": {"buttons": buttons}},
        *([{"event": "user", "text": "等一下"}, {"event": "bot", "text": "好。"}] if later else []),
    ]
    api.finds("answer", WAGES)
    await citizen.runs("action_answer_question", title, "ask_law")
    assert "您还" not in citizen.told
    assert not citizen.slots.get("also_asked")


@pytest.mark.parametrize(
    "said",
    [
        "他扣我钱赔别人车 能不能这么扣 能扣多少",
        "老板扣我工资合法吗？最多能扣多少？",
        "扣我工资顶货款行吗 一个月扣多少",
    ],
)
def test_how_much_may_be_kept_is_asked_of_the_same_wages(said: str) -> None:
    assert matters_of(said) == []


async def asks_two_of_the_wages(citizen: Citizen, api: InternalApi) -> None:
    """Read an entry, then ask two things of it, the first of which is answered."""
    await tells(citizen, api, "老板不给工资咋办")
    api.further[str(WAGES["docid"])] = {
        "要多久能拿上钱": "个把月。",
        "他半道反悔了": "反悔也要给。",
    }
    api.finds("not_sure")
    await citizen.runs(ASK, "要多久能拿上钱，半道他反悔咋办", "ask_law")


async def test_what_is_offered_in_the_own_words_is_asked_of_what_was_read(
    citizen: Citizen, api: InternalApi
) -> None:
    await asks_two_of_the_wages(citizen, api)
    assert "半道他反悔咋办" in citizen.options
    await citizen.runs(ASK, "半道他反悔咋办", "ask_law")
    assert "他半道反悔了" in citizen.options
    assert "半道他反悔咋办" not in citizen.options


async def test_what_was_picked_and_is_not_known_is_not_offered_again(
    citizen: Citizen, api: InternalApi
) -> None:
    await asks_two_of_the_wages(citizen, api)
    api.further.clear()
    await citizen.runs(ASK, "半道他反悔咋办", "ask_law")
    assert "半道他反悔咋办" not in citizen.options
