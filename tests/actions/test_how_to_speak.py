"""Who cannot write is told how to speak; a matter with such words is a matter."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen

ASK = "action_answer_question"


@pytest.mark.parametrize(
    "text", ["这个咋说话 我不会打字", "我说的是咋按着说话 那个小话筒", "我不识字 能发语音不"]
)
async def test_who_cannot_write_is_told_how_to_speak(citizen: Citizen, text: str) -> None:
    await citizen.runs(ASK, text, "what_can_you_do")
    assert "按住 说话" in citizen.told
    assert "12348" in citizen.told


@pytest.mark.parametrize(
    "text",
    [
        "老板发语音骂我",
        "我爸不识字被人哄着在合同上按了手印 现在人家来要地",
        "他不识字 我替他签字行不",
        "她不识字 我能替她去申请那个保护令不",
        "我妈不识字,去银行咋签字",
        "老伴不认字 咋起诉",
        "不识字 笔录咋签字",
    ],
)
async def test_a_matter_with_such_words_is_searched(citizen: Citizen, text: str) -> None:
    await citizen.runs(ASK, text, "ask_law")
    assert "按住 说话" not in citizen.told
