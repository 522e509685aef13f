"""How a reply stands in a WeChat message: within the limit, with its choices, mark and page."""

from dataclasses import replace

from gateway.channels import Reply, render_plain
from gateway.channels.wechat.text import LIMIT, capacity, clean, parts, shorten, size
from gateway.channels.wechat.words import words
from gateway.reading import Pages
from gateway.words import words as common_words

_BOT_PARTS = 2  # of the five that a citizen's message allows; three stay for the lawyer
_MENU_ITEMS = range(2, 11)


def whole(reply: Reply) -> str:
    """Returns the reply as plain text, whatever its length, with the invitation to mark it."""
    text = render_plain(reply)
    if can_be_marked(reply):
        text = f"{text}\n{words().rating.ask}"
    return clean(text)


def can_be_marked(reply: Reply) -> bool:
    """Says whether a reply is an answer, as opposed to a question, a form or a person's words."""
    return reply.author == "bot" and any(sign in reply.text for sign in words().rating.after)


def one_message(reply: Reply, pages: Pages | None) -> str | None:
    """Returns the reply as one message; None when it needs more.

    An automatic reply that is too long is cut at a sentence and its whole text stands on a page.
    """
    text = whole(reply)
    if size(text) <= LIMIT:
        return text
    if pages is None or reply.author != "bot":
        return None
    return _cut(reply, LIMIT, words().read_all.format(url=pages.address(reply.message_id)))


def cut_to_one(reply: Reply) -> str:
    """Returns the reply as one message, cut where it must be: for accounts that may not push."""
    return _cut(reply, LIMIT, words().shortened)


def messages(reply: Reply, pages: Pages | None, limit: int = LIMIT) -> list[str]:
    """Returns the reply as the fewest messages; a lawyer's is never cut.

    Of one that goes out again every message is marked.
    """
    text = whole(reply)
    if reply.text.startswith(common_words().resent) and size(text) > limit:
        return _marked(parts(text, limit - size(common_words().resent)))
    if reply.author != "bot" or size(text) <= limit:
        return parts(text, limit)
    if pages is not None:
        link = words().read_all.format(url=pages.address(reply.message_id))
        return parts(_cut(reply, limit, link), limit)
    return parts(_cut(reply, capacity(_BOT_PARTS, limit), words().shortened), limit)


def _marked(numbered: list[str]) -> list[str]:
    first, *others = numbered
    return [first, *(each.replace("\n", f"\n{common_words().resent}", 1) for each in others)]


def menu(reply: Reply) -> tuple[str, tuple[str, ...], str] | None:
    """Returns head, numbered items and tail of the choices to tap; None where they must be typed.

    A tapped item allows us a minute, a typed one 48 hours: what leads to a person is typed.
    """
    if reply.author != "bot" or len(reply.options) not in _MENU_ITEMS:
        return None
    if any(sign in option for option in reply.options for sign in words().people):
        return None
    if size(whole(reply)) > LIMIT:
        return None
    items = tuple(f"{number}. {clean(option)}" for number, option in enumerate(reply.options, 1))
    say = common_words()
    mark = words().rating.ask if can_be_marked(reply) else ""
    return clean(reply.text), items, "\n".join(filter(None, [say.choose, say.automatic, mark]))


def _cut(reply: Reply, limit: int, ending: str) -> str:
    """Returns the reply in `limit` bytes: only its words are cut, not its choices and label."""
    frame = size(whole(replace(reply, text=""))) + size("\n\n" + words().rating.ask)
    room = limit - frame
    if room <= size(ending) + 100:  # long choices leave no room for words: cut what there is
        return shorten(whole(reply), limit, ending)
    return whole(replace(reply, text=shorten(reply.text, room, ending)))
