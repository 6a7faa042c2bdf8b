"""What a kommun's life looks like, and what a name in the database may look like."""

import re
from enum import StrEnum

IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]{1,62}$")
KOMMUNKOD = re.compile(r"^\d{4}$")


class KommunState(StrEnum):
    """Only OPEN routes to pages; FROZEN answers 503, the others are unknown to a visitor."""

    NEW = "new"
    OPEN = "open"
    FROZEN = "frozen"
    LEAVING = "leaving"
    GONE = "gone"


ALLOWED: dict[KommunState, frozenset[KommunState]] = {
    KommunState.NEW: frozenset({KommunState.OPEN}),
    KommunState.OPEN: frozenset({KommunState.FROZEN}),
    KommunState.FROZEN: frozenset({KommunState.OPEN, KommunState.LEAVING}),
    KommunState.LEAVING: frozenset({KommunState.GONE}),
    KommunState.GONE: frozenset(),
}


def checked_identifier(name: str) -> str:
    """Give the name back when it may stand in SQL unquoted; raise ValueError else. The one such check (tenancy §2)."""
    if not IDENTIFIER.match(name):
        raise ValueError("not a database identifier")
    return name


def schema_of(kommunkod: str) -> str:
    """Give the schema of a kommun; raise ValueError unless the code has four digits."""
    if not KOMMUNKOD.match(kommunkod):
        raise ValueError("a kommunkod has four digits")
    return f"k{kommunkod}"
