"""Putting right, again and again, what time or a dead process has left behind."""

from desk.citizen_side import CitizenSide


class Sweeping(CitizenSide):
    """Safe with any number of workers: each step changes only what still needs it."""

    async def sweep(self) -> None:
        """Wakes, returns an absent lawyer's cases, refills, offers another way, repairs."""
        raise NotImplementedError
