"""Secrets are derived, never stored: one key per class of names, so that a part is handed classes and not the whole.

Plain Python, so the local stack can use it. Why classes: infra/adr/0012-a-key-per-class-of-login.md.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hlt_tenants.registry.branches import BRANCHES

KOMMUN_NAME = re.compile(r"^k\d{4}_(.+)$")
BRANCH = re.compile("|".join((*BRANCHES, r"private_\w+")))
KEY_BYTES = 32


def class_of(name: str) -> str:
    """Give the class of a login or key: `k*_branch` for every branch of every kommun, `k*_door`; others stand alone."""
    match = KOMMUN_NAME.match(name)
    if not match:
        return name
    return "k*_branch" if BRANCH.fullmatch(match[1]) else f"k*_{match[1]}"


def secret_of(name: str, *, class_key: bytes, version: int = 1) -> str:
    """Give the secret (64 hex digits) of one name of the class: a login's password, or a key in hex."""
    return hmac.new(class_key, f"{name}|{version}".encode(), sha256).hexdigest()


class Keys(Protocol):
    """What a process can log in as and sign with: everything (the master key), or what it was handed (a key ring)."""

    def secret(self, name: str) -> str:
        """Give the secret of a login, or of a key such as `message_name` names. Raises KeyError for another's."""


@dataclass(frozen=True, slots=True)
class MasterKey:
    """Every secret, derived; only the command and its jobs hold it."""

    master: bytes

    def secret(self, name: str) -> str:
        return secret_of(name, class_key=self.class_key(class_of(name)))

    def entry(self, name: str) -> str:
        """Give what stands in a key ring for a name, or for a whole class (`k*_…`), in hex."""
        return self.class_key(name).hex() if "*" in name else self.secret(name)

    def class_key(self, name: str) -> bytes:
        """Give the key of one class (HKDF-SHA256): from it no other class's follows, and the master key neither."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"hlt|{name}".encode()).derive(self.master)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """What one part was handed: secrets by name, and keys of whole classes by `k*_…`, in hex."""

    entries: Mapping[str, str]

    def secret(self, name: str) -> str:
        if name in self.entries:
            return self.entries[name]
        return secret_of(name, class_key=bytes.fromhex(self.entries[class_of(name)]))


def message_name(scope: str) -> str:
    """Give the name of the key that signs a scope's messages."""
    return f"k{scope}_message" if scope.isdigit() else f"{scope}_message"


def draft_name(kommunkod: str) -> str:
    """Give the name of the key under which a kommun's drafts are sealed."""
    return f"k{kommunkod}_draft"


def fact_name(kommunkod: str) -> str:
    """Give the name of the key by which a kommun's facts know the same child again."""
    return f"k{kommunkod}_fact"
