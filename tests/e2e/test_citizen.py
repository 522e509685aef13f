"""A citizen at a terminal, over REST, through the real gateway, Rasa and action server."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.conftest import statutes_given
from tests.e2e.interview import next_answer
from tests.e2e.system import System

needs_statutes = pytest.mark.skipif(
    not statutes_given(), reason="needs the statute texts: set STATUTES_PATH (docs/operations.md)"
)


def test_citizen_asks_about_unpaid_wages_and_gets_the_articles(system: System) -> None:
    reply = system.say("老板拖欠我三个月工资怎么办", "asks-wages")
    assert re.search(r"《[^》]+》第[一二三四五六七八九十百零]+条", reply)
    assert "12333" in reply or "12348" in reply


def test_citizen_is_screened_to_a_result_with_reasons_papers_and_place(system: System) -> None:
    user = "is-screened"
    reply = system.say("我能申请法律援助吗", user)
    for _ in range(12):
        if "初步看" in reply:
            break
        reply = system.say(next_answer(reply), user)
    assert "可能符合" in reply
    assert "《法律援助法》第三十一条" in reply
    assert "身份证" in reply


def test_a_side_question_in_the_interview_returns_to_the_same_question(system: System) -> None:
    user = "asks-aside"
    system.say("我想申请法律援助，看看符不符合条件", user)
    question = system.say("老板欠我工资", user)
    aside = system.say("两个人都同意离婚，怎么办手续？", user)
    assert "民法典" in aside
    assert question.splitlines()[0] in aside


@needs_statutes
@pytest.mark.parametrize("name", ["民法典第1079条", "劳动法五十条怎么说"])
def test_any_article_can_be_asked_for_by_name(system: System, name: str) -> None:
    reply = system.say(name, "asks-article")
    assert "《民法典》第一千零七十九条" in reply or "《劳动法》第五十条" in reply


@needs_statutes
def test_an_article_that_does_not_exist_is_not_invented(system: System) -> None:
    reply = system.say("民法典第9999条", "asks-nothing")
    assert "没有" in reply


def test_citizen_says_which_judgment_and_which_day_and_hears_the_last_day(system: System) -> None:
    user = "asks-last-day"
    choices = system.say("一审判决下来了，还能上诉吗", user)
    assert "2. 民事判决上诉" in choices
    assert "哪一天" in system.say("2", user)
    told = system.say("昨天收到的", user)
    assert re.search(r"最晚\d{4}年\d+月\d+日（星期.）办，还有 \d+ 天", told)
    assert "《民事诉讼法》第一百七十一条" in told


def test_refused_citizen_hears_to_whom_to_object(system: System) -> None:
    user = "was-refused"
    system.say("法律援助被拒了", user)
    told = system.say("说我家收入超标准", user)
    assert "《法律援助法》第四十九条第一款" in told
    assert "5 天" in told


INJECTIONS = ["/restart", "  /stop", "／greet", '/ask_law{"x": 1}', "\u200b/restart"]


@pytest.mark.parametrize("text", INJECTIONS)
def test_an_intent_cannot_be_injected(system: System, text: str) -> None:
    answer = system.ask(text, "injects")
    assert answer["status"] == "ok"
    assert answer["messages"]


def test_a_very_long_message_is_answered(system: System) -> None:
    assert system.say("老板欠我工资不给。" * 2000, "writes-long")


def test_danger_comes_before_everything(system: System) -> None:
    reply = system.say("我不想活了", "in-danger")
    assert "120" in reply
    assert "12356" in reply


def test_quick_messages_of_one_citizen_are_answered_each(system: System) -> None:
    texts = ["你好", "老板不发工资", "谢谢"]
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda text: system.ask(text, "is-quick"), texts))
    assert [answer["status"] for answer in answers] == ["ok", "ok", "ok"]
    assert all(answer["messages"] for answer in answers)


def test_citizen_has_everything_deleted(system: System) -> None:
    user = "wants-deletion"
    system.say("我叫某某，老板欠我工资", user)
    reply = system.say("删除我的信息", user)
    reply += system.say("是", user)
    assert "删" in reply
    left = system.rest(f"/api/v1/messages?sender={user}")["messages"]
    assert not [message for message in left if "工资" in message["text"]]
