"""Yes, no or not known: how three-valued conditions are joined (Kleene's strong logic).

With these two functions a fact that is not known can leave a result open, but never make it a no.
"""

from __future__ import annotations

Truth = bool | None


def all_of(*conditions: Truth) -> Truth:
    """Return False if any is False, else None if any is not known, else True."""
    if any(condition is False for condition in conditions):
        return False
    return None if any(condition is None for condition in conditions) else True


def any_of(*conditions: Truth) -> Truth:
    """Return True if any is True, else None if any is not known, else False."""
    if any(condition is True for condition in conditions):
        return True
    return None if any(condition is None for condition in conditions) else False
