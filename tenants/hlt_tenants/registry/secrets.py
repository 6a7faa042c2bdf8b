"""Passwords of database logins: derived, never stored (tenancy §2). Plain Python, so the local stack can use it."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

KOMMUN_LOGIN = re.compile(r"^k(\d{4})_")


def kommun_key(kommunkod: str, *, master: bytes) -> bytes:
    """Give the key from which one kommun's passwords follow: all that a worker bound to it is handed."""
    return hmac.new(master, kommunkod.encode(), sha256).digest()


def password_of(login: str, *, master: bytes, version: int = 1) -> str:
    """Give the password (64 hex digits) of a login; kommun logins follow from their kommun's key only."""
    match = KOMMUN_LOGIN.match(login)
    key = kommun_key(match[1] if match else login, master=master)
    return hmac.new(key, f"{login}|{version}".encode(), sha256).hexdigest()


class Keys(Protocol):
    """What a process can log in as and sign with: everything (the master key), or what it was handed (a key ring)."""

    def secret(self, name: str) -> str:
        """Give the secret of a login, or of a scope's messages (`message_name`). Raises KeyError for another's."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """Every secret, derived."""

    master: bytes

    def secret(self, name: str) -> str:
        return password_of(name, master=self.master)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The few secrets that one part of the platform was handed."""

    secrets: Mapping[str, str]

    def secret(self, name: str) -> str:
        return self.secrets[name]


def message_name(scope: str) -> str:
    """Give the name of the key that signs a scope's messages; a kommun's follows from that kommun's key."""
    return f"k{scope}_message" if scope.isdigit() else f"{scope}_message"


def draft_key(kommunkod: str, branch: str, person: str, *, master: bytes) -> bytes:
    """Give the 32-byte key of one person's drafts in one branch; follows from the kommun's key only."""
    return hmac.new(kommun_key(kommunkod, master=master), f"draft|{branch}|{person}".encode(), sha256).digest()
