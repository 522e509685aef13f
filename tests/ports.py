"""Ports for what tests start: below those that the system gives to outgoing connections.

A port of those may be taken by any connection between the choice and the start.
"""

import random
import socket

LOWEST, HIGHEST = 18_100, 32_700
TRIES = 500


def free_ports(count: int) -> int:
    """Returns the first of `count` neighbouring ports that nobody listens on now."""
    for _ in range(TRIES):
        base = random.randrange(LOWEST, HIGHEST - count)  # noqa: S311 (no secret)
        if all(map(_is_free, range(base, base + count))):
            return base
    raise RuntimeError("no free ports")


def free_port() -> int:
    """Returns a port that nobody listens on now."""
    return free_ports(1)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
