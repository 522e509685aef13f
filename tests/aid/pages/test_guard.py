"""Pages stay private, run no scripts, and take forms from themselves only."""

from __future__ import annotations

import pytest

from aid.words import words
from tests.aid.pages.conftest import ROOT
from tests.aid.pages.test_steps import VIOLENCE, answered
from tests.aid.pages.visitor import Visitor

PATHS = ["", "/", "/refused", "/deadline", "/nowhere", "/static/aid.css"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_page_carries_the_protecting_headers(path: str, visitor: Visitor) -> None:
    page = await visitor.open(ROOT + path)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Referrer-Policy"] == "same-origin"


async def test_pages_are_not_kept_by_caches(visitor: Visitor) -> None:
    assert (await visitor.open(ROOT)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/saved", "/papers", "/refused", "/deadline"])
async def test_a_form_from_another_site_is_refused(
    path: str, headers: dict[str, str], visitor: Visitor
) -> None:
    page = await visitor.send(ROOT + path, {"fact.matter": "labour_pay"}, **headers)
    assert (page.status, page.heading) == (403, words()["errors"]["foreign"])


async def test_a_form_from_our_own_page_is_taken(visitor: Visitor) -> None:
    own = f"http://{visitor.client.host}:{visitor.client.port}"
    headers = {"Origin": own, "Sec-Fetch-Site": "same-origin"}
    page = await visitor.send(f"{ROOT}/", {"asked": "matter", "answer": "labour_pay"}, **headers)
    assert page.status == 200


async def test_nothing_comes_from_elsewhere_and_no_script_is_there(visitor: Visitor) -> None:
    for page in (await visitor.open(ROOT), await answered(visitor, *VIOLENCE)):
        assert not page.tree.xpath("//script")
        assert not page.tree.xpath("//@onclick | //@style")
        for address in page.tree.xpath("//@href | //@src | //@action | //@formaction"):
            assert address.startswith(("/lookup", "tel:", "data:,"))


async def test_what_was_typed_is_shown_as_text(visitor: Visitor) -> None:
    sent = {"said": "<script>alert(1)</script>判决", "when": '"><img src=x>'}
    page = await visitor.send(f"{ROOT}/deadline", sent)
    assert not page.tree.xpath("//script | //img")


async def test_a_page_that_is_not_there_says_so(visitor: Visitor) -> None:
    page = await visitor.open(f"{ROOT}/nowhere")
    assert (page.status, page.heading) == (404, words()["errors"]["not_found"])


async def test_every_field_has_a_label(visitor: Visitor) -> None:
    for page in (
        await visitor.open(ROOT),
        await visitor.open(f"{ROOT}/deadline"),
        await answered(visitor, *VIOLENCE),
        await visitor.press(await visitor.open(f"{ROOT}/refused"), "机构不给援助"),
    ):
        for field in page.tree.xpath("//main//input[not(@type='hidden')] | //main//textarea"):
            assert field.label is not None or field.xpath("ancestor::label")
