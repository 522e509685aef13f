"""Nothing is erased without a second word, and what is kept is said."""

from __future__ import annotations

from tests.actions.conftest import SENDER, Citizen
from tests.fakes.internal_api import InternalApi


async def test_it_asks_first(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_delete_my_data", "删除我的数据", "delete_my_data")
    assert citizen.options == ["确认删除", "不删了"]
    assert api.erased == []


async def test_it_erases_and_says_what_is_kept(citizen: Citizen, api: InternalApi) -> None:
    api.kept = ["办案记录要依法保存。"]
    citizen.slots |= {"matter": "labour_pay", "confirming_deletion": True}
    await citizen.runs("action_erase_my_data", "确认删除", "affirm")
    assert api.erased == [SENDER]
    assert "办案记录要依法保存。" in citizen.told
    assert citizen.slots == {"confirming_deletion": False}


async def test_a_failed_erasure_is_not_called_done(citizen: Citizen, no_api: None) -> None:
    citizen.slots["confirming_deletion"] = True
    await citizen.runs("action_erase_my_data", "确认删除", "affirm")
    assert "没能删掉" in citizen.told
    assert citizen.slots["confirming_deletion"] is False


async def test_thinking_better_of_it_keeps_everything(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs("action_keep_my_data", "不删了", "deny")
    assert api.erased == []
    assert citizen.slots["confirming_deletion"] is False
