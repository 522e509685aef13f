"""How one person answers the interview, whatever door they came through."""

from __future__ import annotations

import re


def next_answer(question: str) -> str:
    """Returns what a migrant worker who is owed wages answers to a question of the interview."""
    answers = [
        (r"先核对一下", "都对"),
        (r"花钱请律师", "没有请律师"),
        (r"什么事|哪一类|为了什么", "老板欠我工资"),
        (r"哪个盟|哪里|什么地方|哪个市|地方", "呼和浩特"),
        (r"自己|替", "给我自己"),
        (r"农民工|进城务工|外出打工", "是，我是农民工"),
        (r"仲裁|法院|到了哪一步|阶段", "还没有去"),
        (r"到期", "没有"),
    ]
    for pattern, answer in answers:
        if re.search(pattern, question):
            return answer
    return "不知道"
