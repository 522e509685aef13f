"""Access tokens as stable_token gives them out."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

LIFETIME = 7200.0
OVERLAP = 300.0


@dataclass
class TokenDesk:
    """One account's tokens: the present one, and the one before for five minutes.

    Attributes:
        forced: how often somebody asked for a new one by force.
    """

    clock: Callable[[], float]
    forced: int = 0
    _token: str = ""
    _until: float = 0.0
    _before: dict[str, float] = field(default_factory=dict)
    _expired: set[str] = field(default_factory=set)
    _spoiled: set[str] = field(default_factory=set)

    def give(self, force: bool) -> tuple[str, float]:
        """Returns a token and its seconds: the present one, unless it ended or is replaced."""
        self.forced += force
        now = self.clock()
        if force or not self._token or now >= self._until:
            if self._token:
                self._before[self._token] = now + OVERLAP
            self._token, self._until = secrets.token_urlsafe(384), now + LIFETIME
        return self._token, self._until - now

    def error(self, token: str | None) -> int:
        """Returns why a token is refused, 0 when it is good."""
        if not token:
            return 41001
        if token in self._expired:
            return 42001
        if token in self._spoiled:
            return 40001
        if token == self._token:
            return 0 if self.clock() < self._until else 42001
        return 0 if self.clock() < self._before.get(token, 0.0) else 40001

    def expire(self) -> None:
        """The present token ends now: calls with it get 42001."""
        self._expired.add(self._token)
        self._token = ""

    def spoil(self) -> None:
        """Calls with the present token get 40001, although only a forced refresh replaces it."""
        self._spoiled.add(self._token)
