"""A small real server that speaks /v1: a knowledge base, a desk, erasure and reminders."""

from __future__ import annotations

from typing import Any

from aiohttp import web

KEY = "test-internal-key"

WAGES: dict[str, Any] = {
    "docid": "labour/unpaid-wages",
    "kind": "entry",
    "title": "老板拖欠工资怎么办？",
    "score": 0.9,
    "citations": [{"law": "劳动争议调解仲裁法", "article": "第二十七条"}],
    "text": "老板拖欠工资怎么办？",
    "answer": "先要凭据，再找劳动监察。",
    "body": "先要凭据，再找劳动监察。\n\n1. 留好欠条、转账记录。\n2. 打 12333。",
    "detail": "详细说：仲裁不收费。",
    "topic": "labour",
    "aid": {"matter_type": "labour_pay"},
    "hotlines": ["12333", "12348"],
    "related": [{"docid": "labour/no-contract", "title": "没签劳动合同怎么办？"}],
    "review": "unreviewed",
    "checked_on": "2026-11-21",
    "stale": False,
}
NO_CONTRACT: dict[str, Any] = {
    **WAGES,
    "docid": "labour/no-contract",
    "title": "没签劳动合同怎么办？",
    "score": 0.7,
    "aid": None,
    "detail": "",
    "related": [],
}
ARTICLE_HIT: dict[str, Any] = {
    "docid": "劳动法/第五十条",
    "kind": "article",
    "title": "《劳动法》第五十条",
    "score": 0.5,
    "worth_naming": True,
    "citations": [{"law": "劳动法", "article": "第五十条"}],
    "text": "工资应当以货币形式按月支付给劳动者本人。",
}
QUIZ = {
    "law": "劳动争议调解仲裁法",
    "article": "第二十七条",
    "asked": "劳动争议申请仲裁的时效期间为（　）。",
    "choices": ["一年", "二年", "三年"],
    "right": "一年",
    "sentence": "劳动争议申请仲裁的时效期间为一年。",
}
ENTRIES = {hit["docid"]: hit for hit in (WAGES, NO_CONTRACT)}


class InternalApi:
    """Answers like the internal listener; `down` makes it fail, `results` says what it finds."""

    def __init__(self) -> None:
        """Start with nothing found and no cases."""
        self.down = False
        self.results: dict[str, Any] = {"band": "not_sure", "article": None, "hits": []}
        self.searches: list[dict[str, str]] = []
        self.cases: list[dict[str, Any]] = []
        self.erased: list[str] = []
        self.kept: list[str] = []
        self.status = "pending"
        self.carried: list[dict[str, Any]] = []
        self.papers: str | None = "https://aid.example/lookup/aid/from-chat/x"
        self.reminders: dict[str, dict[str, str]] = {}
        self.further: dict[str, dict[str, str]] = {}
        self.share = 0.7

    def finds(
        self,
        band: str,
        *hits: dict[str, Any],
        article: dict[str, Any] | None = None,
        suggests: bool = False,
    ) -> None:
        """Set what every search finds from now on."""
        found = {"band": band, "article": article, "hits": list(hits), "suggests": suggests}
        self.results = found

    def app(self) -> web.Application:
        """Return the application, which refuses a wrong key as the real one does."""

        @web.middleware
        async def check(request: web.Request, handler: Any) -> web.StreamResponse:
            if request.headers.get("X-Internal-Key") != KEY:
                return web.json_response({"error": "forbidden"}, status=403)
            if self.down:
                return web.json_response({"error": "down"}, status=503)
            response: web.StreamResponse = await handler(request)
            return response

        app = web.Application(middlewares=[check])
        app.router.add_get("/v1/search", self._search)
        app.router.add_get("/v1/next", self._next)
        app.router.add_get("/v1/entries/{id:.+}", self._entry)
        app.router.add_post("/v1/cases", self._open)
        app.router.add_get("/v1/cases", self._cases)
        app.router.add_delete("/v1/conversations/{id}", self._erase)
        app.router.add_post("/v1/aid/links", self._link)
        app.router.add_post("/v1/reminders", self._remind)
        app.router.add_delete("/v1/reminders/{id}", self._cancel)
        return app

    async def _search(self, request: web.Request) -> web.Response:
        self.searches.append(dict(request.query))
        return web.json_response({"query": request.query["q"], **self.results})

    async def _next(self, request: web.Request) -> web.Response:
        """Answers in the very words; asks back where some characters are the same."""
        text = request.query["q"]
        found = [self._next_of(entry, text) for entry in request.query.getall("entry")]
        return web.json_response({"query": text, "entries": found})

    def _next_of(self, entry: str, text: str) -> dict[str, Any]:
        asked = self.further.get(entry, {})
        near = [says for says in asked if len(set(says) & set(text)) > 2]
        found = [text] if text in asked else near
        band = "answer" if text in asked else "ask_back" if near else "not_sure"
        questions = [{"says": one, "answer": asked[one], "share": self.share} for one in found]
        return {"entry": entry, "band": band, "questions": questions}

    async def _entry(self, request: web.Request) -> web.Response:
        hit = ENTRIES.get(request.match_info["id"])
        if hit is None:
            return web.json_response({"error": "no such entry"}, status=404)
        text = "劳动争议申请仲裁的时效期间为一年。"
        cited = [{**one, "version": "2007-12-29", "text": text} for one in hit["citations"]]
        return web.json_response({**hit, "citations": cited, "quiz": [QUIZ]})

    async def _open(self, request: web.Request) -> web.Response:
        case = await request.json()
        known = any(old["conversation"] == case["conversation"] for old in self.cases)
        if not known:
            self.cases.append(case)
        body = {
            "case": len(self.cases),
            "status": "pending",
            "position": len(self.cases),
            "notice": f"您排在第 {len(self.cases)} 位。",
            "options": ["留电话等回电"],
        }
        return web.json_response(body, status=200 if known else 201)

    async def _cases(self, request: web.Request) -> web.Response:
        mine = [c for c in self.cases if c["conversation"] == request.query["conversation"]]
        found = [
            {
                "case": 1,
                "status": self.status,
                "position": 1,
                "opened_at": "2026-11-22T08:00:00Z",
            }
            for _ in mine
        ]
        return web.json_response({"cases": found})

    async def _erase(self, request: web.Request) -> web.Response:
        self.erased.append(request.match_info["id"])
        return web.json_response({"erased": True, "kept": self.kept})

    async def _remind(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.reminders[asked["key"]] = asked
        return web.json_response({"scheduled": True, "at": f"{asked['on']}T01:00:00+00:00"})

    async def _cancel(self, request: web.Request) -> web.Response:
        gone = self.reminders.pop(request.query["key"], None)
        return web.json_response({"cancelled": 1 if gone else 0})

    async def _link(self, request: web.Request) -> web.Response:
        self.carried.append((await request.json())["facts"])
        return web.json_response({"url": self.papers, "hours": 2})
