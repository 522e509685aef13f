"""What was told in the chat goes along to the papers page, and nothing else."""

from __future__ import annotations

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import WAGES, InternalApi

DOWNLOAD = "action_download_papers"


async def test_the_link_takes_the_facts_along_and_says_what_happens(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"matter": "labour_pay", "groups": ["migrant_worker"], "last_question": "工资"}
    await citizen.runs(DOWNLOAD, "下载材料", "download_papers")
    assert api.papers is not None
    assert api.papers in citizen.told
    assert "会先问您要不要带过去" in citizen.told
    assert "2 小时" in citizen.told
    assert api.carried == [{"matter": "labour_pay", "groups": ["migrant_worker"]}]


async def test_the_days_left_of_a_period_told_about_go_along(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs("action_deadlines", "11月16日收到一审民事判决，不服上诉期限", "deadlines")
    citizen.slots["matter"] = "support_payments"
    await citizen.runs(DOWNLOAD, "下载材料", "download_papers")
    assert api.carried[0]["days_left"] == 13


async def test_the_matter_of_the_answer_just_read_goes_along(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs("action_answer_question", "老板欠我工资", "ask_law")
    await citizen.runs(DOWNLOAD, "下载材料", "download_papers")
    assert api.carried == [{"matter": "labour_pay"}]


async def test_whoever_told_nothing_is_asked_first(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs(DOWNLOAD, "下载材料", "download_papers")
    assert api.carried == []
    assert "看看我能不能申请" in citizen.options


async def test_without_a_public_address_the_office_is_named(
    citizen: Citizen, api: InternalApi
) -> None:
    api.papers = None
    citizen.slots["matter"] = "labour_pay"
    await citizen.runs(DOWNLOAD, "下载材料", "download_papers")
    assert "向法律援助机构要" in citizen.told
    assert "http" not in citizen.told


async def test_a_page_that_does_not_answer_is_said(citizen: Citizen, no_api: None) -> None:
    citizen.slots["matter"] = "labour_pay"
    await citizen.runs(DOWNLOAD, "下载材料", "download_papers")
    assert "12348" in citizen.told
