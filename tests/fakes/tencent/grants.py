"""How many pushes a citizen's acts allow, and for how long."""

from collections.abc import Callable
from dataclasses import dataclass, field

MESSAGE_GRANT = (5, 48 * 3600.0)
EVENT_GRANT = (3, 60.0)
TYPING_WITHIN = 30.0
_GRANTING = ("subscribe", "SCAN", "CLICK")


@dataclass
class Grant:
    """What is left, and until when."""

    left: int
    until: float


@dataclass
class Grants:
    """Who follows, and what each may still be sent."""

    clock: Callable[[], float]
    followers: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    _grants: dict[tuple[str, str], Grant] = field(default_factory=dict)
    _heard: dict[str, float] = field(default_factory=dict)

    def note(self, fields: dict[str, str]) -> None:
        """Keeps who follows and what a citizen's act grants. A grant resets, it does not add."""
        openid, event = fields["FromUserName"], fields.get("Event", "")
        if event == "unsubscribe":
            self.followers.discard(openid)
            self.gone.add(openid)
            return
        self.followers.add(openid)
        self.gone.discard(openid)
        if event in _GRANTING or fields.get("bizmsgmenuid"):
            self._grants[openid, "event"] = Grant(EVENT_GRANT[0], self.clock() + EVENT_GRANT[1])
        elif not event:
            until = self.clock() + MESSAGE_GRANT[1]
            self._grants[openid, "message"] = Grant(MESSAGE_GRANT[0], until)
        if not event:
            self._heard[openid] = self.clock()

    def known(self, openid: str) -> int:
        """Returns an errcode, 0 when somebody can be reached at all."""
        if openid in self.gone:
            return 43004
        return 0 if openid in self.followers else 40003

    def spend(self, openid: str) -> int:
        """Takes one push from what is granted; returns an errcode, 0 when it may go out."""
        if errcode := self.known(openid):
            return errcode
        grants = (self._grants.get((openid, kind)) for kind in ("event", "message"))
        current = [grant for grant in grants if grant and self.clock() < grant.until]
        if not current:
            return 45015
        for grant in current:
            if grant.left:
                grant.left -= 1
                return 0
        return 45047

    def may_type(self, openid: str) -> int:
        """Returns an errcode, 0 when somebody has written in the last 30 s."""
        heard = self._heard.get(openid)
        return 0 if heard is not None and self.clock() - heard <= TYPING_WITHIN else 45080
