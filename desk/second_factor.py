"""The second factor: six digits from an app (RFC 6238), and recovery codes for a lost phone."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken

ISSUER = "明白·值班台"
STEP = 30  # seconds
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """Returns a fresh secret as the apps expect it (base32)."""
    return pyotp.random_base32()


def picture(secret: str, name: str) -> str:
    """Returns the QR code as an SVG element to be put into a page."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    code = segno.make(address, error="m")
    return code.svg_inline(border=4, dark="#000", light="#fff", svgclass=None, omitsize=True)


def step_of(secret: str, code: str, last: int | None, now: datetime) -> int | None:
    """Returns the time step of a right code that was not used before, None for any other.

    A code of the step before or after is taken too: clocks of phones differ.
    """
    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    found = None
    for step in (current - 1, current, current + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            found = step
    return None if found is None or (last is not None and found <= last) else found


def seal(secret: str, session_key: str) -> str:
    """Returns the secret encrypted for the database."""
    return _fernet(session_key).encrypt(secret.encode()).decode()


def unseal(sealed: str, session_key: str) -> str | None:
    """Returns the secret, None when it was encrypted with another key."""
    try:
        return _fernet(session_key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def recovery_codes() -> list[str]:
    """Returns fresh codes of 59 bits each, to be shown once."""
    return [
        "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
        for _ in range(RECOVERY_CODES)
    ]


def code_digest(code: str, account_id: int) -> str:
    """Returns what is kept of a recovery code; however it is typed, it is the same."""
    plain = "".join(c for c in code.casefold() if c.isalnum())
    return hashlib.sha256(f"{account_id}\0{plain}".encode()).hexdigest()


def _fernet(session_key: str) -> Fernet:
    key = hashlib.sha256(b"desk second factor\0" + session_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
