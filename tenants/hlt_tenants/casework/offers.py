"""What a branch owns in a case and could give: each app names its own kinds, one function renders preview and copy."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Offered:
    """One own item: its kind and row, the category it falls under, a title for the list, and the text as it will go."""

    kind: str
    source_id: UUID
    category: str
    title: str
    content: str
    facts: Mapping[str, object] | None = None


Lister = Callable[[UUID], tuple[Offered, ...]]
_listers: list[Lister] = []


def offer(lister: Lister) -> None:
    """Name, once at start, a function that gives an app's own items of a case; a second call changes nothing."""
    if lister not in _listers:
        _listers.append(lister)


def digest_of(texts: Iterable[str]) -> str:
    """Give a hash of copies in their order, so that exactly what was looked at goes (hexadecimal, SHA-256)."""
    return sha256(json.dumps(list(texts)).encode()).hexdigest()


def offered(case: UUID) -> tuple[Offered, ...]:
    """Give everything the asker's branch owns in a case, kind by kind in the order of the apps."""
    return tuple(item for lister in _listers for item in lister(case))
