"""/v1/cases, as the action server uses it."""

from datetime import date
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from desk import Desk
from desk.tables import Case
from tests.desk.conftest import Lawyers, Sessions

Api = TestClient[Any, Any]
CASE: dict[str, Any] = {
    "conversation": "9f1c0d6f2a5b4a1e8d7c6b5a4f3e2d1c",
    "question": "老板拖欠工资怎么办",
    "topic": "labour",
    "reason": "对方要求找律师",
    "urgency": "normal",
    "facts": [{"label": "欠薪月数", "value": "三个月"}],
    "eligibility": None,
}


async def post(api: Api, case: object) -> tuple[int, dict[str, Any]]:
    async with api.post("/v1/cases", json=case) as response:
        return response.status, await response.json()


async def place(api: Api, case: object) -> tuple[int, int, int]:
    status, body = await post(api, case)
    return status, body["case"], body["position"]


async def test_a_case_is_created_once_and_its_place_is_told(api: Api) -> None:
    other = {**CASE, "conversation": "other"}
    assert await place(api, other) == (201, 1, 1)
    assert await place(api, CASE) == (201, 2, 2)
    assert await place(api, CASE) == (200, 2, 2)


async def test_the_answer_says_what_to_tell_the_citizen_and_what_they_can_choose(api: Api) -> None:
    _, answer = await post(api, CASE)
    assert answer["status"] == "pending"
    assert "第 1 位" in answer["notice"]
    assert "留电话等回电" in answer["options"]


async def test_a_packet_says_who_where_until_when_and_in_which_language(
    api: Api, sessions: Sessions
) -> None:
    packet = {
        **CASE,
        "region": "chifeng",
        "language": "mn",
        "groups": ["migrant_wages"],
        "facts": [
            {"label": "起算日", "value": "2026年11月3日", "section": "date"},
            {"label": "最后一天", "value": "2026年11月28日", "last_day": "2026-11-28"},
        ],
    }
    assert (await post(api, packet))[0] == 201
    async with sessions() as session:
        case = await session.get(Case, 1)
    assert case is not None
    assert (case.region, case.language, case.priority) == ("chifeng", "mn", True)
    assert case.last_day == date(2026, 11, 28)


async def test_the_cases_of_a_conversation_are_listed_the_newest_first(
    api: Api, desk: Desk, lawyers: Lawyers
) -> None:
    await post(api, CASE)
    await desk.claim(1, lawyers["jia"])
    await desk.resolve(1, lawyers["jia"], "advised")
    await post(api, CASE)
    async with api.get("/v1/cases", params={"conversation": CASE["conversation"]}) as response:
        cases = (await response.json())["cases"]
    shown = [(case["case"], case["status"], case["position"]) for case in cases]
    assert shown == [(2, "pending", 1), (1, "resolved", None)]
    assert all(case["opened_at"].endswith("+00:00") for case in cases)


async def test_a_stranger_has_no_cases_and_nobody_gets_all(api: Api) -> None:
    await post(api, CASE)
    async with api.get("/v1/cases", params={"conversation": "c9"}) as response:
        assert await response.json() == {"cases": []}
    async with api.get("/v1/cases") as response:
        assert response.status == 400


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("conversation", "../etc"),
        ("conversation", ""),
        ("question", " "),
        ("reason", None),
        ("urgency", "soon"),
        ("facts", [{"label": "欠薪月数"}]),
        ("region", "赤峰"),
        ("groups", ["rich"]),
        ("language", "en"),
        ("eligibility", {"state": "maybe"}),
        ("surplus", 1),
    ],
)
async def test_a_bad_field_is_named_and_its_content_not_repeated(
    field: str, value: object, api: Api
) -> None:
    status, body = await post(api, {**CASE, field: value})
    assert status == 400
    assert body["error"] == "invalid case"
    assert body["fields"][0]["field"].startswith(field)
    assert "input" not in body["fields"][0]


async def test_a_body_that_is_not_json_is_refused(api: Api) -> None:
    async with api.post("/v1/cases", data=b"{") as response:
        assert response.status == 400
        assert (await response.json())["error"] == "invalid case"
