"""Failures on order, for one address of the API each."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Faults:
    """What the next calls of an address meet."""

    refusals: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    statuses: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    delays: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    garbled: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    losing: Counter[str] = field(default_factory=Counter)
    held: dict[str, asyncio.Event] = field(default_factory=dict)

    def refuse(self, path: str, errcode: int, times: int = 1) -> None:
        """The next calls of this address get this errcode and have no effect."""
        self.refusals[path] += [errcode] * times

    def fail(self, path: str, status: int, times: int = 1) -> None:
        """The next calls of this address get this HTTP status and have no effect."""
        self.statuses[path] += [status] * times

    def fail_after(self, path: str, calls: int, status: int) -> None:
        """One call of this address gets this HTTP status, after some that go well."""
        self.statuses[path] += [200] * calls + [status]

    def lose_answers(self, path: str, times: int = 1) -> None:
        """The next calls of this address have effect, but their answer is never sent."""
        self.losing[path] += times

    def slow(self, path: str, seconds: float, times: int = 1) -> None:
        """The next calls of this address have effect and are answered so much later."""
        self.delays[path] += [seconds] * times

    def garble(self, path: str, answer: str) -> None:
        """The next call of this address has effect and is answered with this text."""
        self.garbled[path].append(answer)

    def hold(self, path: str) -> asyncio.Event:
        """Calls of this address wait until the event is set."""
        return self.held.setdefault(path, asyncio.Event())

    def has_effect(self, path: str) -> bool:
        """Says whether the call that has just come may do something."""
        return not self.refusals[path] and self.statuses[path][:1] in ([], [200])

    def order(self, wanted: dict[str, Any]) -> None:
        """Takes an order from another process; raises KeyError for one that says nothing."""
        path, times = str(wanted["path"]), int(wanted.get("times", 1))
        if "errcode" in wanted:
            self.refuse(path, int(wanted["errcode"]), times)
        elif "status" in wanted:
            self.fail(path, int(wanted["status"]), times)
        elif "seconds" in wanted:
            self.slow(path, float(wanted["seconds"]), times)
        elif wanted.get("lose"):
            self.lose_answers(path, times)
        else:
            raise KeyError("errcode, status, seconds or lose")
