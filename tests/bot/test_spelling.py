"""What was typed is read as it was meant, and what was meant is not lost."""

from __future__ import annotations

import pytest

from bot.nlu.spelling import as_meant

MEANT = {
    "我要申請法律援助": "我要申请法律援助",
    "離婚要甚麼材料": "离婚要什么材料",
    "ＡＢＣ１２３": "abc123",
    "找律师👩‍⚖️": "找律师",
    "谢谢🙏🙏": "谢谢",
    "法率援助怎么申请": "法律援助怎么申请",
    "法绿援助": "法律援助",
    "我要找律施": "我要找律师",
    "老板不给gongzi": "老板不给工资",
    "lihun怎么办": "离婚怎么办",
    "shenqing要啥": "申请要啥",
    "zhongcai几天": "仲裁几天",
    "申清进度": "申请进度",
    "材科要哪些": "材料要哪些",
    "祥细说说": "详细说说",
    "继序": "继续",
    "不知到": "不知道",
    "尼好": "你好",
    "蟹蟹": "谢谢",
    "哈哈哈哈哈哈哈": "哈哈",
    "律师你好，请问工资不给怎么办": "工资不给怎么办",
    "你好！麻烦问一下彩礼能退吗，谢谢": "彩礼能退吗",
    "抚养废一个月多少": "抚养费一个月多少",
    "赡养废怎么要": "赡养费怎么要",
    "草厂被占了": "草场被占了",
    "取保候甚怎么办": "取保候审怎么办",
}
KEPT = [
    "你好",
    "您好，在吗",
    "谢谢",
    "工资",
    "离婚",
    "律师",
    "有实效吗",
    "他在公司上班",
    "公证处在哪",
    "老板姓李",
    "我是通辽的",
    "一个月1500块",
    "上网查了一下",
    "合同上没写",
    "孩子跟他姓",
    "电话里说的",
    "民法典第1079条",
    "期限到了没有",
]


@pytest.mark.parametrize(("typed", "meant"), MEANT.items())
def test_a_slip_is_read_as_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert as_meant(typed) == meant


@pytest.mark.parametrize("text", KEPT)
def test_what_is_typed_right_stays(text: str) -> None:
    assert as_meant(text) == text.replace("，", ",")


def test_a_text_of_emoji_alone_is_not_empty() -> None:
    assert as_meant("👍") == "👍"
