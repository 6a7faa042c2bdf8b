"""What the realm gave us for a session, sealed: a copy of the table opens nothing (identity §8)."""

import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12
Raw = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Kept:
    """The tokens a session needs later: to be refreshed, and to say at sign-out who signs out."""

    refresh_token: str
    id_token: str


def _cipher() -> AESGCM:
    return AESGCM(hmac.digest(settings.SECRET_KEY.encode(), b"hlt session tokens", sha256))


def seal(kept: Kept, *, key_hash: Raw, kommunkod: str) -> bytes:
    """Encrypt for one session row; the same bytes in another row, or on another host's, open nothing."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, json.dumps(asdict(kept)).encode(), bytes(key_hash) + kommunkod.encode())


def unseal(sealed: Raw, *, key_hash: Raw, kommunkod: str) -> Kept | None:
    """Give the tokens, or None when the secret key has changed since or the row is not the one they were sealed for."""
    nonce, body = bytes(sealed[:NONCE_BYTES]), bytes(sealed[NONCE_BYTES:])
    try:
        return Kept(**json.loads(_cipher().decrypt(nonce, body, bytes(key_hash) + kommunkod.encode())))
    except InvalidTag:
        return None
