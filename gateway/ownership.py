"""Who speaks, and what is said while it is not the bot: danger, the queue, a lawyer's chat.

Each function works in the transaction of the turn and returns what is to be stored as its reply.
"""

from dataclasses import dataclass, replace

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.cases import NewCase
from gateway import metrics, safety
from gateway.bot import BotTurn
from gateway.crisis import Crisis, is_said_alone
from gateway.languages import in_another_language
from gateway.lawyer_wanted import story_beside, wants_a_lawyer
from gateway.lawyers import Lawyers
from gateway.leaving import asked_leaving
from gateway.record import Draft
from gateway.safety import Danger
from gateway.said import LastWords, past_of
from gateway.tables import Conversation, Message
from gateway.typed import BOT_TEXT_LIMIT, chosen_option, is_wordless, plain_words
from gateway.words import words

log = structlog.get_logger()


@dataclass(frozen=True)
class Said:
    """What is said instead of asking the bot; silence without a draft."""

    draft: Draft | None


@dataclass(frozen=True)
class Left:
    """Who waited has left the queue and asks the bot something in the same breath."""

    asked: str


async def warn(
    session: AsyncSession,
    lawyers: Lawyers,
    conversation: Conversation,
    message: Message,
    danger: Danger,
) -> Draft:
    """Gives the numbers at once; a living case becomes the most urgent, and hears of it."""
    metrics.DANGERS.labels(danger.kind).inc()
    log.warning("danger.shown", kind=danger.kind, conversation=conversation.id)
    draft = Draft(danger.reply, "system")
    case = await lawyers.open_case_of(session, conversation.id)
    if case:
        urgent = NewCase(
            conversation=conversation.id,
            question=message.text[:BOT_TEXT_LIMIT],
            reason=words().danger_reason,
            urgency="danger",
        )
        await lawyers.open_case(session, urgent)
        await lawyers.wrote(session, conversation.id)
        back = case.status == "snoozed" and not is_said_alone(danger)
        place = await standing(session, lawyers, conversation) if back else None
        if place:  # it is back in the queue
            draft = Draft(f"{danger.reply}\n\n{place.text}", "system", place.options)
    return draft


async def warn_at_once(
    session: AsyncSession,
    lawyers: Lawyers,
    conversation: Conversation,
    message: Message,
    danger: Danger,
) -> Draft:
    """Says what a danger that comes nearer needs; who waits for a lawyer still hears the place."""
    draft = await warn(session, lawyers, conversation, message, danger)
    place = None
    if conversation.owner == "queued" and not is_said_alone(danger):
        place = await standing(session, lawyers, conversation)
    return Draft(f"{danger.reply}\n\n{place.text}", "system", place.options) if place else draft


async def with_numbers(
    session: AsyncSession, conversation: Conversation, message: Message, draft: Draft
) -> Draft:
    """Puts the numbers around what is said anyway to a message that may tell of danger."""
    said = plain_words(message.text)
    phrases = (*words().handoff_phrases, *words().view_phrases)
    if same(said, phrases) or asked_leaving(said, vague=True) == "":
        return draft  # what was asked for is known
    if not safety.perhaps_danger(message.text):
        return draft
    past = await past_of(session, message)
    text = safety.with_numbers(message.text, draft.text, past.told_just_before)
    if text is None:
        return draft
    metrics.DANGERS.labels("perhaps").inc()
    log.info("danger.perhaps", conversation=conversation.id)
    return replace(draft, text=text)


def staying_after(crisis: Crisis, danger: Danger, message: Message, told: Draft) -> Draft:
    """Says the numbers of a danger that is told again in one line, and stays with the person."""
    short = f"{danger.reply.splitlines()[0]}\n{crisis.stay(message.text)}"
    return replace(told, text=told.text.replace(danger.reply, short))


def staying(crisis: Crisis, text: str) -> Draft:
    """Says what stays with the person; when that has been said enough, a person is offered."""
    options = words().handoff_phrases[:1] if crisis.worn else ()
    return Draft(crisis.stay(text), "system", list(options))


def held_with(crisis: Crisis, text: str, draft: Draft, answered: bool) -> Draft:
    """Puts before what is said anyway the numbers, or what stays with the person.

    Neither is said again and again; who has heard it often enough is offered a person.
    """
    if crisis.worn:
        options = dict.fromkeys([*draft.options, *words().handoff_phrases[:1]])
        draft = replace(draft, options=list(options))
    before = crisis.front if answered else "" if crisis.worn else crisis.stay(text)
    return replace(draft, text=f"{before}\n\n{draft.text}") if before else draft


async def hold_back(
    session: AsyncSession,
    lawyers: Lawyers,
    conversation: Conversation,
    message: Message,
    text: str,
    last: LastWords,
) -> Said | Left | None:
    """Says what is due while people serve the citizen; None where the bot shall be asked.

    That is when nobody serves any more, and while nobody has come yet: a waiting citizen's
    question is answered meanwhile (`meanwhile`).
    """
    case = await lawyers.open_case_of(session, conversation.id)
    if case is None:  # whoever served has gone: the bot must not stay silent for ever
        log.warning("conversation.owner_gone", conversation=conversation.id)
        conversation.owner = "bot"
        return None
    if message.status == "promised":
        return Said(None)
    await lawyers.wrote(session, conversation.id)
    if conversation.owner == "lawyer":
        return Said(None)
    asked = asked_leaving(text, vague=last.voice != "bot")
    if asked is not None:
        await lawyers.withdraw(session, conversation.id)
        conversation.owner = "bot"
        return Left(asked) if asked else Said(Draft(words().withdrawn, "system"))
    taken = await for_the_desk(session, lawyers, conversation, message, text, last)
    if taken:
        return taken
    if is_wordless(text):
        return Said(Draft(words().empty_handed_over, "system"))
    asked_again = wants_a_lawyer(text) and not story_beside(text)
    if in_another_language(text) or asked_again:
        return Said(await standing(session, lawyers, conversation))
    return None


async def meanwhile(
    session: AsyncSession, lawyers: Lawyers, conversation: Conversation, turn: BotTurn | None
) -> Draft | None:
    """Returns what a waiting citizen hears: the bot's answer, marked as such, or the place.

    The case, its place and the lawyer's first word are as before; None when a lawyer has come.
    """
    if turn is None:
        return await standing(session, lawyers, conversation)
    text = words().meanwhile.format(answer=turn.text)
    options = [option for option in turn.options if option not in words().handoff_phrases]
    return Draft(text, "bot", options)


async def for_the_desk(
    session: AsyncSession,
    lawyers: Lawyers,
    conversation: Conversation,
    message: Message,
    text: str,
    last: LastWords,
) -> Said | None:
    """Lets the desk take a choice, a telephone number or marks; None when it is none of these."""
    if message.status == "promised":
        return None
    numbers = last.voice != "bot"
    if not numbers:  # it names what the bot offered, which may be the desk's own choices
        text = chosen_option(text, last.options) or text
    said = await lawyers.heard(session, conversation.id, text, numbers=numbers)
    if said is None:
        return None
    await session.refresh(conversation)  # the choice may have changed who speaks
    return Said(Draft(said.text, "system", said.options))


async def standing(
    session: AsyncSession, lawyers: Lawyers, conversation: Conversation
) -> Draft | None:
    """Returns what a waiting citizen is told; None when a lawyer has come meanwhile."""
    said = await lawyers.standing(session, conversation.id)
    return Draft(said.text, "system", said.options) if said else None


async def warn_and_hand_over(
    session: AsyncSession,
    lawyers: Lawyers,
    conversation: Conversation,
    message: Message,
    danger: Danger,
) -> Draft:
    """Gives the numbers and opens an urgent case: who asks for a lawyer in danger gets both."""
    await lawyers.open_case(
        session,
        NewCase(
            conversation=conversation.id,
            question=plain_words(message.text)[:BOT_TEXT_LIMIT],
            reason=words().danger_reason,
            urgency="danger",
        ),
    )
    draft = await warn(session, lawyers, conversation, message, danger)
    if is_said_alone(danger):
        return draft
    place = await standing(session, lawyers, conversation)
    return Draft(f"{danger.reply}\n\n{place.text}", "system", place.options) if place else draft


async def hand_over(
    session: AsyncSession, lawyers: Lawyers, conversation: Conversation, message: Message
) -> Draft:
    """Opens a case without Rasa: a dead bot must not stand between a person and a lawyer."""
    question = await session.scalar(
        select(Message.text)
        .where(
            Message.conversation_id == conversation.id,
            Message.status == "promised",
            Message.text != "",
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    await lawyers.open_case(
        session,
        NewCase(
            conversation=conversation.id,
            question=plain_words(question or message.text)[:BOT_TEXT_LIMIT],
            reason=words().handover_reason,
        ),
    )
    place = await standing(session, lawyers, conversation)
    text = "\n".join([words().handed_over, place.text]) if place else words().handed_over
    return Draft(text, "system", place.options if place else ())


def same(text: str, phrases: tuple[str, ...]) -> bool:
    """Says whether a text is one of the phrases, apart from blanks, and stops around it."""
    return "".join(text.split()).strip("。.!！~,，") in phrases
