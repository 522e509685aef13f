"""What is said to a message without Rasa: numbers to call, the desk's words, what has been held."""

from sqlalchemy.ext.asyncio import AsyncSession

from gateway import ownership
from gateway.asking import Question
from gateway.crisis import Crisis, crisis_at, danger_heard, heard_danger
from gateway.languages import in_another_language
from gateway.lawyer_wanted import story_beside, wants_a_lawyer
from gateway.lawyers import Lawyers
from gateway.record import Draft
from gateway.safety import (
    Danger,
    danger_in,
    every_reply,
    perhaps_danger,
    says_there_never_was_any,
)
from gateway.said import Past, held_reply, past_of
from gateway.settling import OPEN, Settling, load
from gateway.typed import BOT_TEXT_LIMIT, chosen_option, is_wordless, plain_words
from gateway.words import words


class Deciding:
    """Decides who answers a message.

    Args:
        lawyers: the desk.
        settling: stores what is said at once.
    """

    def __init__(self, lawyers: Lawyers, settling: Settling) -> None:
        self._lawyers = lawyers
        self._settling = settling

    async def decide(self, session: AsyncSession, inbound: int) -> Question | None:
        """Says at once what can be said without Rasa; returns the question for Rasa otherwise."""
        message, conversation = await load(session, inbound)
        if message.status not in OPEN:
            return None
        past = await past_of(session, message)
        crisis = crisis_at(message, past)
        danger = danger_heard(message.text, crisis) or _begun(crisis, message.text)
        served = conversation.owner == "lawyer"  # who answers is there: only what comes nearer
        pressing = crisis.at_once(message.text, served=served) if crisis else None
        wanted = conversation.owner == "bot" and wants_a_lawyer(plain_words(message.text))
        if wanted and (danger or pressing):
            told = danger or Danger(crisis.kind if crisis else "", pressing or "")
            both = await ownership.warn_and_hand_over(
                session, self._lawyers, conversation, message, told
            )
            await self._settling.settled(session, conversation, message, both)
            return None
        if danger:
            numbers = await ownership.warn(session, self._lawyers, conversation, message, danger)
            if crisis and crisis.age and crisis.kind == danger.kind:
                numbers = ownership.staying_after(crisis, danger, message, numbers)
            await self._settling.settled(session, conversation, message, numbers)
            return None
        if crisis and pressing:
            nearer = Danger(crisis.kind, pressing)
            numbers = await ownership.warn_at_once(
                session, self._lawyers, conversation, message, nearer
            )
            await self._settling.settled(session, conversation, message, numbers)
            return None
        text = plain_words(message.text)
        text = crisis.asked_beside(text) if crisis else text
        held = await held_reply(session, message, words().view_phrases)
        if held and not held.seen and conversation.owner != "lawyer":
            await self._settling.settled(session, conversation, message, held.draft)
            return None
        last = past.last_words
        left = False
        if conversation.owner != "bot":
            said = await ownership.hold_back(
                session, self._lawyers, conversation, message, text, last
            )
            if isinstance(said, ownership.Said):
                await self._settling.settled(session, conversation, message, said.draft)
                return None
            left = said is not None
            text = said.asked if said else text
        calm = crisis.calmed(text) if crisis else None
        if calm:
            await self._settling.settled(session, conversation, message, Draft(calm, "system"))
            return None
        if is_wordless(text):
            await self._settling.settled(
                session, conversation, message, Draft(words().empty, "bot")
            )
            return None
        if in_another_language(text):
            chinese_only = Draft(words().other_language, "bot", list(words().handoff_phrases[:1]))
            await self._settling.settled(session, conversation, message, chinese_only)
            return None
        waiting = conversation.owner == "queued"
        if not waiting:
            said = await ownership.for_the_desk(
                session, self._lawyers, conversation, message, text, last
            )
            if said:
                await self._settling.settled(session, conversation, message, said.draft)
                return None
        if held and not held.draft.options:  # a number names an option that has been seen
            await self._settling.settled(session, conversation, message, held.draft)
            return None
        option = chosen_option(text, last.options)
        never = says_there_never_was_any(text)
        before = "" if never else _danger_before(past)
        if wants_a_lawyer(text) and not waiting:  # whatever else is said, and in a form too
            before = before or story_beside(text)[:BOT_TEXT_LIMIT]
            option = words().handoff_phrases[0]
        return Question(
            conversation=conversation.id,
            text=option or text[:BOT_TEXT_LIMIT],
            epoch=conversation.epoch,
            cut=len(text) > BOT_TEXT_LIMIT,
            danger=before,
            waiting=waiting,
            crisis=crisis,
            left=left,
            never=never and heard_danger(message, past),
            calm=not perhaps_danger(message.text),
        )


def _begun(crisis: Crisis | None, text: str) -> Danger | None:
    """Returns the danger that a message has just turned another one into, with what is said.

    None where the message is answered by what is said at once.
    """
    if crisis is None or (crisis.at_once(text) and not crisis.alone):
        return None
    reply = every_reply().get(crisis.kind) if not crisis.age else None
    return Danger(crisis.kind, reply.strip()) if reply else None


def _danger_before(past: Past) -> str:
    """Returns the words of danger that were answered here since Rasa spoke last, else nothing."""
    unheard = past.since_the_bot
    return next((text[:BOT_TEXT_LIMIT] for text in unheard if danger_in(text)), "")
