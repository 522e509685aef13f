"""Entries that somebody has just read, with the parts that entries have."""

from __future__ import annotations

from typing import Any

from tests.fakes.internal_api import ENTRIES, WAGES

READ: dict[str, Any] = {
    **WAGES,
    "docid": "labour/read",
    "title": "老板拖欠工资怎么办？",
    "body": "先要凭据，再找劳动监察。\n\n1. 留好欠条。\n2. 协议看清再签。\n\n"
    "期限：离职后一年内。\n带上：身份证、考勤。\n找谁：12333。",
    "detail": "老板说没钱，可以申请支付令。\n\n赢了不给，申请强制执行。",
}
ORDER: dict[str, Any] = {
    **WAGES,
    "docid": "domestic_violence/order",
    "title": "人身安全保护令怎么申请？",
    "body": "怕他要打，向法院申请，法院七十二小时内决定。\n\n1. 去哪：你住的地方的基层法院。\n"
    "2. 不会写可以口头说。\n\n期限：最长六个月。\n带上：照片。\n找谁：法院12368、12338。",
    "detail": "要不要交费，打法院12368问。",
    "topic": "domestic_violence",
}
ENTRIES |= {one["docid"]: one for one in (READ, ORDER)}
