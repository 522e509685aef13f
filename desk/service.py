"""The desk as one object: cases, and what citizens, the bot and lawyers can do with them.

Every change is one transaction: the case, its event, who may speak, and the message to the
citizen. Methods that take a session join the caller's transaction; the others open their own.
"""

from desk.applications import Applications
from desk.canned import CannedReplies
from desk.changes import Changes
from desk.claiming import Claiming
from desk.closing import Closing
from desk.facts import Facts
from desk.flags import Flags
from desk.replying import Replying
from desk.snoozing import Snoozing
from desk.suggestions import Suggestions
from desk.sweeping import Sweeping


class Desk(
    Sweeping,
    Claiming,
    Replying,
    Facts,
    Snoozing,
    Closing,
    Applications,
    CannedReplies,
    Flags,
    Suggestions,
    Changes,
):
    """The desk; each base is one idea in its own file (`Sweeping` stands on the citizen's side).

    Args:
        sessions: where the desk's tables are.
        citizens: the conversations.
        session_key: secret for the sign-in cookie.
        topics: words for topic ids; an id that is missing is shown as it is.
        guess: likely topic ids of a question, best first, for requests that came without a topic.
        suggest: what the knowledge base has for a text, best first; called in a thread.
        clocks: the time limits that run from the day an application was handed in.
        regions: words for region ids.
        now: the clock.
        reading: the same tables for reading only, where that does not wait for writers.
    """
