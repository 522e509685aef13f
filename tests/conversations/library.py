"""A small knowledge base that tells questions apart by their words, for whole conversations."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from tests.fakes.internal_api import ENTRIES, NO_CONTRACT, WAGES, InternalApi

LEANING = 10  # characters up to which a question leans on the one before

DIVORCE: dict[str, Any] = {
    **WAGES,
    "docid": "marriage/sue-for-divorce",
    "title": "对方不同意离婚，怎么起诉？",
    "body": "到法院起诉离婚。\n\n1. 写起诉状。\n2. 交到法院。",
    "answer": "到法院起诉离婚。",
    "topic": "marriage",
    "aid": None,
    "related": [],
}
CUSTODY: dict[str, Any] = {
    **DIVORCE,
    "docid": "marriage/custody",
    "title": "离婚孩子归谁？",
    "body": "看怎样对孩子最好。\n\n1. 先商量。\n2. 商量不成由法院判。",
    "answer": "看怎样对孩子最好。",
}
FALLEN: dict[str, Any] = {
    **WAGES,
    "docid": "work_injury/recognition",
    "title": "怎么认定工伤？多长时间内要申请？",
    "body": "先治伤，再申请认定工伤。\n\n1. 留好病历。\n2. 到人社局申请。",
    "answer": "先治伤，再申请认定工伤。",
    "topic": "work_injury",
    "aid": {"matter_type": "work_injury"},
    "related": [],
}
# Words of a question, the band, and what is found; the first that fits counts.
FOUND: list[tuple[tuple[str, ...], str, list[dict[str, Any]]]] = [
    (("孩子归谁", "抚养权"), "answer", [CUSTODY]),
    (("不同意离婚", "起诉离婚"), "answer", [DIVORCE]),
    (("离婚",), "ask_back", [DIVORCE, CUSTODY]),
    (("没签合同", "劳动合同"), "answer", [NO_CONTRACT]),
    (("工伤", "摔", "受伤"), "answer", [FALLEN]),
    (("工资", "工钱", "欠薪", "仲裁"), "answer", [WAGES]),
    (("老板",), "ask_back", [WAGES, NO_CONTRACT]),
]
KNOWN = (WAGES, NO_CONTRACT, DIVORCE, CUSTODY, FALLEN)
ENTRIES |= {hit["docid"]: hit for hit in KNOWN}


FURTHER = {
    "老板说没钱": "没钱不是不给的理由，该投诉还投诉。",
    "就我一个人去行不行": "能，一个人也能投诉，带上身份证。",
    "会不会报复我": "不许报复。他威胁您，就截图、录音。",
}


class Library(InternalApi):
    """Finds by words; a short question with nothing of its own follows the entry shown last."""

    def __init__(self) -> None:
        """Know what citizens ask on after the entry on wages."""
        super().__init__()
        self.further, self.share = {WAGES["docid"]: FURTHER}, 0.9

    async def _search(self, request: web.Request) -> web.Response:
        question, entry = request.query["q"], request.query.get("entry")
        context = request.query.get("context")
        self.searches.append(dict(request.query))
        band, hits = _find(question)
        if band == "not_sure" and context and entry in ENTRIES and len(question) <= LEANING:
            band, hits, question = "answer", [ENTRIES[entry]], f"{context}\n{question}"
        found = {"band": band, "article": None, "hits": hits, "context": question}
        return web.json_response({"query": request.query["q"], **found})


def _find(question: str) -> tuple[str, list[dict[str, Any]]]:
    for hit in KNOWN:
        if hit["title"] == question:
            return "answer", [hit]
    for words, band, hits in FOUND:
        if any(word in question for word in words):
            return band, hits
    return "not_sure", []
