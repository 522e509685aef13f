"""Passwords: what is accepted, and hashing with argon2."""

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

SHORTEST_PASSWORD = 10  # characters
LONGEST_PASSWORD = 200  # characters; hashing costs memory and time
# Without the letters and digits that are mistaken for each other when read from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

hasher = PasswordHasher()


def acceptable(password: str) -> bool:
    """Returns whether the password is neither too short nor too long."""
    return SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD


def first_password() -> str:
    """Returns a password to be handed over once: four groups, about 79 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


async def hashed(password: str) -> str:
    """Returns the password's argon2 hash; made beside the event loop, it is slow by design."""
    return await asyncio.to_thread(hasher.hash, password)


async def fits(password_hash: str | None, password: str) -> bool:
    """Returns whether the password is the one; a missing hash takes as long as a wrong one."""
    known = password_hash or nobody()
    return await asyncio.to_thread(_verify, known, password[: LONGEST_PASSWORD + 1])


@cache
def nobody() -> str:
    """Returns a hash no password fits."""
    return hasher.hash("\0")


def _verify(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except VerifyMismatchError:
        return False
