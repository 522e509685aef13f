"""How an entry is shown: the sentence, the steps, the basis and the date, then what is next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.citations import article_text, basis, basis_unless_named, long_enough_to_cut
from actions.entry_parts import lines_nearest, part
from actions.goal import LONGEST, Events, clipped, send
from actions.repeating import without_yes_or_no
from actions.understanding import asks
from actions.wording import options, say

GOAL = "answer_question"
MOST_TITLES = 3
SHORT = 12  # characters of a question that asks for one thing
SURELY = 3  # pairs of signs that a line shares with a long question which it answers


def show(dispatcher: CollectingDispatcher, hit: dict[str, Any], opening: str = "") -> Events:
    """Show an entry or an article, after an opening line; return what to remember of it."""
    if hit["kind"] == "article":
        article = article_text({**hit["citations"][0], **hit})
        send(dispatcher, say(GOAL, "found_article", article=article), options("talk_to_lawyer"))
        return [SlotSet("last_entry", None)]
    reviewed = "reviewed" if hit.get("review") == "reviewed" else "unreviewed"
    closing = [basis(hit["citations"]), say(GOAL, reviewed, date=hit["checked_on"])]
    stale = say(GOAL, "stale") if hit.get("stale") else ""
    lead = [line for line in (opening, stale) if line]
    room = LONGEST - sum(len(part) + 2 for part in [*lead, *closing])
    body = clipped(hit.get("body") or hit["answer"], room)
    send(dispatcher, "\n".join([*lead, body, *closing]), _choices(hit, body))
    return remember(hit)


def stands_above(entry: dict[str, Any], said: Sequence[str]) -> bool:
    """Return whether what was said lately shows an entry already, not just as a likely one."""
    if entry["kind"] != "entry":
        return False
    likely = say(GOAL, "ask_back_leaning", **entry)
    return any(entry["answer"] in one and likely not in one for one in said)


def show_more_of(
    dispatcher: CollectingDispatcher, entry: dict[str, Any], question: str, said: Sequence[str]
) -> Events:
    """Say what an entry that was shown already says to another question; return what to remember.

    That is the lines nearest to the question, else what is near to it in the long part, where these
    were not said lately; else that the entry does not tell it, and who does.
    """
    short = len(question) <= SHORT
    lines = lines_nearest(entry, question, 1 if short else SURELY)
    near = "\n".join(line for line in lines if short or not any(line in one for one in said))
    for text in filter(None, (near, _detail_near(entry, question))):
        rest = say("stay", "detail", title=entry["title"], text=clipped(text))
        if not any(rest in one for one in said):
            grounds = basis_unless_named(rest, entry["citations"])
            send(dispatcher, "\n".join([rest, *grounds]), next_steps(entry))
            return remember(entry)
    whom = (part(entry, "找谁") or "12348").rstrip("。")
    above = say(
        GOAL, "above", title=entry["title"], answer=without_yes_or_no(entry["answer"]), whom=whom
    )
    send(dispatcher, above, next_steps(entry))
    return remember(entry)


def _detail_near(entry: dict[str, Any], question: str) -> str:
    """Return the long part; where something is asked, only if it has words of the question."""
    detail = str(entry.get("detail") or "")
    return detail if not asks(question) or lines_nearest({"detail": detail}, question) else ""


def show_lines(
    dispatcher: CollectingDispatcher, entry: dict[str, Any], lines: Sequence[str]
) -> Events:
    """Say some lines of an entry; return what to remember."""
    text = say("stay", "told", title=entry["title"], text="\n".join(lines))
    grounds = basis_unless_named(text, entry["citations"])
    send(dispatcher, "\n".join([clipped(text), *grounds]), next_steps(entry))
    return remember(entry)


def next_steps(entry: dict[str, Any]) -> list[str]:
    """Return what is offered with a part of an entry."""
    keys = ["more_detail"] if entry.get("detail") else []
    keys += ["related_questions"] if entry.get("related") else []
    keys += ["apply_legal_aid"] if entry.get("aid") else []
    return options(*keys, "talk_to_lawyer")


def remember(hit: dict[str, Any]) -> Events:
    """Return what later turns need to know of the entry that was shown."""
    matter = (hit.get("aid") or {}).get("matter_type")
    return [
        SlotSet("last_entry", hit["docid"]),
        SlotSet("asked_of", None),
        SlotSet("last_topic", hit.get("topic")),
        # A general entry ("other") offers the application but says nothing of the citizen's matter.
        SlotSet("aid_matter", None if matter == "other" else matter),
    ]


def _choices(hit: dict[str, Any], shown: str) -> list[str]:
    cut = long_enough_to_cut(hit, shown)
    keys = ["more_detail"] if hit.get("detail") or cut else []
    keys.append("show_article")
    keys += ["related_questions"] if hit.get("related") else []
    keys += ["apply_legal_aid"] if hit.get("aid") else []
    return options(*keys, "talk_to_lawyer")
