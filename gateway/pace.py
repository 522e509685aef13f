"""How much one sender may write: a token bucket for each, in memory."""

import time
from collections.abc import Callable


class Pace:
    """Allows each sender so many messages a minute, also all at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = float(per_minute)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, sender: str) -> float:
        """Takes one message's worth; returns 0.0, or the seconds until there is room for one."""
        at = self._clock()
        left, then = self._buckets.get(sender, (self._size, at))
        left = min(self._size, left + (at - then) * self._per_second)
        allowed = left >= 1
        self._buckets[sender] = (left - 1 if allowed else left, at)
        if len(self._buckets) > 10_000:
            self._drop_full(at)
        return 0.0 if allowed else (1 - left) / self._per_second

    def _drop_full(self, at: float) -> None:
        self._buckets = {
            sender: (left, then)
            for sender, (left, then) in self._buckets.items()
            if left + (at - then) * self._per_second < self._size
        }
