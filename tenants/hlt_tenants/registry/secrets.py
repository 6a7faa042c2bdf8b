"""Passwords of database logins: derived, never stored (tenancy §2). Plain Python, so the local stack can use it."""

import hmac
import re
from hashlib import sha256

KOMMUN_LOGIN = re.compile(r"^k(\d{4})_")


def kommun_key(kommunkod: str, *, master: bytes) -> bytes:
    """Give the key from which one kommun's passwords follow: all that a worker bound to it is handed."""
    return hmac.new(master, kommunkod.encode(), sha256).digest()


def password_of(login: str, *, master: bytes, version: int = 1) -> str:
    """Give the password (64 hex digits) of a login; kommun logins follow from their kommun's key only."""
    match = KOMMUN_LOGIN.match(login)
    key = kommun_key(match[1] if match else login, master=master)
    return hmac.new(key, f"{login}|{version}".encode(), sha256).hexdigest()
