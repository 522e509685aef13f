"""/v1/cases: how the bot hands a conversation to a person.

These addresses are for the internal listener, whose owner checks the internal key.
"""

from aiohttp import web
from pydantic import ValidationError

from desk.cases import CaseView, NewCase
from desk.service import Desk


def routes(desk: Desk) -> list[web.RouteDef]:
    """Returns the routes POST /v1/cases and GET /v1/cases?conversation=ID.

    POST takes a `NewCase` as JSON and answers 201 for a new case, 200 for the living one, with
    `case`, `status`, `position` (None when a lawyer has it at once), and what to tell the citizen:
    `notice` (None when the desk has told them itself) and `options` to go with it.
    """

    async def open_case(request: web.Request) -> web.Response:
        try:
            new = NewCase.model_validate_json(await request.read())
        except ValidationError as invalid:
            return web.json_response(_problems(invalid), status=400)
        async with desk.sessions.begin() as session:
            before = await desk.open_case_of(session, new.conversation)
            case = await desk.open_case(session, new)
            said = await desk.standing(session, new.conversation)
        body = {
            "case": case.id,
            "status": case.status,
            "position": case.position,
            "notice": said.text if said else None,
            "options": list(said.options) if said else [],
        }
        return web.json_response(body, status=201 if before is None else 200)

    async def list_cases(request: web.Request) -> web.Response:
        conversation = request.query.get("conversation", "")
        if not conversation:
            return web.json_response({"error": "conversation is missing"}, status=400)
        async with desk.reading() as session:
            cases = await desk.cases_of(session, conversation)
        return web.json_response({"cases": [_json(case) for case in cases]})

    return [web.post("/v1/cases", open_case), web.get("/v1/cases", list_cases)]


def _json(case: CaseView) -> dict[str, object]:
    return {
        "case": case.id,
        "status": case.status,
        "position": case.position,
        "opened_at": case.opened_at.isoformat(),
    }


def _problems(invalid: ValidationError) -> dict[str, object]:
    """Returns what is wrong, field by field, without repeating what was sent."""
    fields = [
        {"field": ".".join(map(str, problem["loc"])), "problem": problem["msg"]}
        for problem in invalid.errors(include_url=False, include_input=False)
    ]
    return {"error": "invalid case", "fields": fields}
