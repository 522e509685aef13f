"""A clock that a test moves."""

NOON_UTC = 1_790_000_000 // 86_400 * 86_400 + 12 * 3_600


class Clock:
    """A clock that a test moves; Unix seconds."""

    def __init__(self) -> None:
        self.now = float(NOON_UTC)

    def __call__(self) -> float:
        return self.now
