"""A draft's body under a key of one person in one branch of one kommun (AES-256-GCM)."""

import hmac
import os
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from hlt_tenants.registry.context import here
from hlt_tenants.registry.secrets import draft_name

NONCE_BYTES = 12


def seal(text: str, *, branch: str, person: UUID, place: str) -> bytes:
    """Encrypt a body; `place` (form and ref) is bound to it, so that a row moved to another place does not open."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(branch, person).encrypt(nonce, text.encode(), place.encode())


def unseal(body: bytes, *, branch: str, person: UUID, place: str) -> str:
    """Decrypt a body; raise cryptography's InvalidTag for another person's, branch's or place's, or a changed byte."""
    opened = _cipher(branch, person).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], place.encode())
    return opened.decode()


def body_hash(body: bytes) -> bytes:
    """Give the SHA-256 of what was posted, by which the same post is known again."""
    return sha256(body).digest()


def _cipher(branch: str, person: UUID) -> AESGCM:
    key = bytes.fromhex(settings.HLT_KEYS.secret(draft_name(here().kommunkod)))
    return AESGCM(hmac.new(key, f"{branch}|{person}".encode(), sha256).digest())
