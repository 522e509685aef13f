"""A checklist can be kept, ticked, opened again and deleted, and goes by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from aid import saved as store
from aid.saved import Saved, TooManyKept, utc_now
from aid.tables import Checklist
from aid.words import words
from eligibility import Facts
from tests.aid.pages.conftest import ROOT, Sessions
from tests.aid.pages.test_steps import VIOLENCE, answered
from tests.aid.pages.visitor import Page, Visitor

FACTS = Facts.from_dict({"matter": "labour_pay", "groups": ["migrant_worker"]})


async def count(sessions: Sessions) -> int:
    async with sessions() as session:
        return await session.scalar(select(func.count(Checklist.link))) or 0


def boxes(page: Page) -> dict[str, bool]:
    found = page.tree.xpath("//input[@name='have']")
    return {box.get("value"): box.get("checked") is not None for box in found}


async def test_ticks_are_there_when_the_page_is_opened_again(visitor: Visitor) -> None:
    page = await answered(visitor, *VIOLENCE)
    keys = list(boxes(page))
    kept = await visitor.press(page, "保存这份清单", have=keys[:1])
    assert kept.path.startswith(f"{ROOT}/saved/")
    assert len(kept.path.rsplit("/", 1)[1]) >= 32
    later = await visitor.press(kept, "保存打的勾", have=keys[1:3])
    assert later.path == kept.path
    again = boxes(await visitor.open(kept.path))
    assert [again[key] for key in keys[:4]] == [False, True, True, False]


async def test_ticks_that_are_not_on_the_list_are_not_kept(
    visitor: Visitor, sessions: Sessions
) -> None:
    page = await answered(visitor, *VIOLENCE)
    await visitor.press(page, "保存这份清单", have=["张三的电话", "0" * 10])
    async with sessions() as session:
        (row,) = await session.scalars(select(Checklist))
    assert row.at_hand == []


async def test_the_address_cannot_be_read_from_the_table(
    visitor: Visitor, sessions: Sessions
) -> None:
    kept = await visitor.press(await answered(visitor, *VIOLENCE), "保存这份清单")
    async with sessions() as session:
        (row,) = await session.scalars(select(Checklist))
    assert row.link not in kept.path
    assert (await visitor.open(f"{ROOT}/saved/{row.link}")).status == 404


async def test_a_deleted_checklist_is_gone_at_once_and_twice_is_no_error(
    visitor: Visitor, sessions: Sessions
) -> None:
    kept = await visitor.press(await answered(visitor, *VIOLENCE), "保存这份清单")
    for _ in range(2):
        done = await visitor.press(kept, "现在就删除这份清单")
        assert done.heading == "已经删除"
    assert await count(sessions) == 0
    gone = await visitor.open(kept.path)
    assert gone.status == 404
    assert gone.heading == words()["errors"]["gone"]
    assert (await visitor.press(kept, "保存打的勾")).status == 404


async def test_a_checklist_goes_on_its_day(sessions: Sessions) -> None:
    now = [utc_now()]
    saved = Saved(sessions, 60, lambda: now[0])
    token = await saved.keep(FACTS, frozenset())
    now[0] += timedelta(days=60, seconds=-1)
    await saved.purge()
    assert await saved.find(token) is not None
    now[0] += timedelta(seconds=1)
    assert await saved.find(token) is None
    await saved.purge()
    assert await count(sessions) == 0


async def test_what_cannot_be_read_under_new_rules_is_gone(sessions: Sessions) -> None:
    saved = Saved(sessions, 60)
    token = await saved.keep(FACTS, frozenset())
    async with sessions.begin() as session:
        await session.execute(update(Checklist).values(facts={"matter": "no_longer_there"}))
    assert await saved.find(token) is None


async def test_facts_come_back_as_they_were(sessions: Sessions) -> None:
    saved = Saved(sessions, 60)
    kept = await saved.find(await saved.keep(FACTS, frozenset({"0" * 10})))
    assert kept
    assert kept.facts == FACTS
    assert kept.at_hand == {"0" * 10}


async def test_a_full_table_refuses_and_says_so(
    visitor: Visitor, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "LARGEST_COUNT", 1)
    page = await answered(visitor, *VIOLENCE)
    assert (await visitor.press(page, "保存这份清单")).status == 200
    full = await visitor.press(page, "保存这份清单")
    assert (full.status, full.heading) == (503, words()["errors"]["too_many"])
    with pytest.raises(TooManyKept):
        await Saved(sessions, 60).keep(FACTS, frozenset())
