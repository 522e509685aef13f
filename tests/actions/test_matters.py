"""Several things told in one breath: the first is answered, the others are named, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.matters import matters_in, matters_listed, matters_of
from actions.understanding import asks
from actions.wording import records
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import WAGES, InternalApi

ASK = "action_answer_question"
BREATH = "老板不给钱还把我开了手也压坏了租房押金也不退"
WORDS = ["老板不给钱", "把我开了", "手也压坏了", "租房押金也不退"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BREATH, WORDS),
        (
            "老板不给工资，把我辞退了，手压断了，房东押金不退",
            ["老板不给工资", "把我辞退了", "手压断了", "房东押金不退"],
        ),
        (
            "欠我工资三万还有押金不退另外我妈的低保停了",
            ["欠我工资三万", "押金不退", "我妈的低保停了"],
        ),
        ("儿子不养我 草场让人占了 低保给停了", ["儿子不养我", "草场让人占了", "低保给停了"]),
        (
            "婆婆不让我看孩子老公还把房子卖了也不给生活费",
            ["婆婆不让我看孩子老公", "把房子卖了", "也不给生活费"],
        ),
        ("工地上腿摔断了老板还不给工资", ["工地上腿摔断了", "不给工资"]),
    ],
)  # fmt: skip
def test_each_matter_of_a_breath_is_found_in_its_order(text: str, words: list[str]) -> None:
    assert [matter.words for matter in matters_in(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "老板拖欠工资怎么办",
        "我在工地干活摔断了腿，老板不管，也没签合同",
        "离婚了孩子归谁",
        "老板不给工资，没签合同怎么办",
        "退租了房东不退押金还说我弄坏了东西",
        "他不给我工资还骂我",
    ],
)
def test_one_matter_stays_one(text: str) -> None:
    assert matters_in(text) == []


def test_every_matter_leads_to_an_entry_that_there_is() -> None:
    entries = Path("knowledge/content/entries").glob("*/*.md")
    titles = {
        line.removeprefix("question: ")
        for entry in entries
        for line in entry.read_text("utf-8").splitlines()[:4]
    }
    assert {one["title"] for one in records("matters", "matters")} <= titles


async def test_the_first_is_answered_the_others_are_named_and_numbered_in_their_order(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, BREATH, "ask_law")
    assert WAGES["answer"] in citizen.told
    assert "您还说了 3 件事：把我开了；手也压坏了；租房押金也不退" in citizen.told
    assert citizen.options[1] == "单位辞退我，能要多少补偿？"


async def test_the_second_matter_is_the_second_also_after_a_question_on_the_first(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, BREATH, "ask_law")
    await citizen.runs(ASK, "我还没签合同算数吗", "ask_law")
    await citizen.runs(ASK, "第二件事", "ask_law")
    assert api.searches[-1]["q"] == "把我开了"
    assert "您还问了 2 件事" in citizen.told


async def test_the_second_question_is_the_second_that_was_asked(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(ASK, "工资不给怎么办？受伤算工伤吗？押金能退吗？", "ask_law")
    assert citizen.options[1] == "受伤算工伤吗？"
    await citizen.runs(ASK, "第二个", "ask_law")
    assert api.searches[-1]["q"] == "受伤算工伤吗？"
    await citizen.runs(ASK, "第三件呢", "ask_law")
    assert api.searches[-1]["q"] == "押金能退吗？"
    assert "您还问了" not in citizen.told


STORY = "我老公打牌欠了一屁股债还打我 单位三个月没发钱 孩子上学户口还没落 我该先弄哪个"


async def test_violence_comes_first_where_somebody_asks_what_comes_first(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_answer_question", STORY, "ask_law")
    assert api.searches[-1]["q"] == "挨打了、正在被家暴，现在怎么办？"
    assert "单位三个月没发钱" in citizen.options


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("先说打我的事", "挨打了、正在被家暴，现在怎么办？"),
        ("工资的事呢", "老板拖欠工资怎么办？"),
        ("那户口的事呢", "孩子上学户口还没落"),
    ],
)
async def test_the_matter_that_is_named_is_the_one_that_is_answered(
    citizen: Citizen, api: InternalApi, text: str, searched: str
) -> None:
    api.finds("not_sure")
    await citizen.runs("action_answer_question", STORY.replace("还打我", "，他打我"), "ask_law")
    await citizen.runs("action_answer_question", text, "ask_law")
    assert api.searches[-1]["q"] == searched


async def test_a_matter_never_told_is_searched_as_it_is(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_answer_question", "离婚的事呢", "ask_law")
    assert api.searches[-1]["q"] == "离婚的事呢"


THREE = (
    "三个事 一个是我爸欠村里小卖部两千不还人家要告 "
    "一个是我弟骑摩托没本让扣了 还有我媳妇想把孩子户口迁我这"
)
DEBT, BIKE, HUKOU = (
    "我爸欠村里小卖部两千不还人家要告",
    "我弟骑摩托没本让扣了",
    "我媳妇想把孩子户口迁我这",
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (THREE, [DEBT, BIKE, HUKOU]),
        ("两件事，第一件老板拖欠工资，第二件房东不退押金", ["老板拖欠工资", "房东不退押金"]),
        ("我有两个事 老板不给钱", []),
        ("这件事是我爸的", []),
    ],
)
def test_what_somebody_counts_is_that_many_matters(text: str, told: list[str]) -> None:
    assert [one.words for one in matters_listed(text)] == told


async def test_none_of_several_counted_matters_is_lost(citizen: Citizen, api: InternalApi) -> None:
    api.finds("not_sure")
    await citizen.runs("action_answer_question", THREE, "ask_law")
    assert BIKE in citizen.told
    assert HUKOU in citizen.told
    assert citizen.options[:3] == [DEBT, BIKE, HUKOU]
    api.finds("ask_back", WAGES)
    await citizen.runs("action_answer_question", "先说我弟那个", "ask_law")
    assert api.searches[-1]["q"] == BIKE
    await citizen.runs("action_answer_question", "第三个呢", "ask_law")
    assert api.searches[-1]["q"] == HUKOU
    await citizen.runs("action_answer_question", "小卖部那个要告 我爸用去法院不", "ask_law")
    assert api.searches[-1]["context"] == DEBT


@pytest.mark.parametrize(
    "text",
    [
        "我在妈家呢,五原县胜丰镇,我哥在,安全着呢。说那个不让他来的令咋办",
        "我在临河家里呢,我没事。打了110人家问我地址,闺女家哪个小区说不上来",
        "俺在旗里医院呢,我姐陪着呢,那个认定书下来了要不要签",
        "我在我姐家躺着呢，孩子跟着我呢，离婚咋离",
        "离婚咋办。对了 我家在科左后旗嘎查住",
        "我妈在呢，我还没吃饭呢，存款咋取",
    ],
)
def test_where_one_is_and_how_one_feels_is_no_matter(text: str) -> None:
    assert matters_of(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "我在工地呢。工资三个月没给。还有老家的地让人占了",
            ["工资三个月没给", "老家的地让人占了"],
        ),
        ("好 那我记一下 我妈要带啥 我哥仨都得告吗", ["我妈要带啥", "我哥仨都得告吗"]),
        ("我还在上学 学校知道了咋办。网贷还不上会坐牢吗", ["学校知道了咋办", "网贷还不上会坐牢吗"]),
        ("工资没给。对了，我家的井让村里封了", ["工资没给。对了", "我家的井让村里封了"]),
    ],
)
def test_a_matter_is_named_by_what_is_asked_of_it(text: str, names: list[str]) -> None:
    assert [matter.title for matter in matters_of(text)] == names


@pytest.mark.parametrize("text", ["那他不同意呢", "要是他还没给呢", "他不给呢", "孩子呢"])
def test_what_if_is_still_a_question(text: str) -> None:
    assert asks(text)
