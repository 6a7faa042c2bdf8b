"""The difference between the files and the realm, as lines a person can read; nothing is asked and nothing written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hlt_identity.provisioning.items import Item, Items, Kind

SECRET = ("secret", "password", "private")
LONGEST = 60
OWNERS = {
    Kind.SCOPE_MAPPER: Kind.SCOPE,
    Kind.CLIENT_MAPPER: Kind.CLIENT,
    Kind.PROVIDER_MAPPER: Kind.PROVIDER,
    Kind.PROVIDER_LINK: Kind.ORGANISATION,
}


class Verb(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Change:
    """One step: what it is about (wanted, or found and to go), what stands in its place, and what differs in it."""

    verb: Verb
    item: Item
    found: Item | None = None
    differences: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = "".join(f"\n    {line}" for line in self.differences)
        return f"{self.verb} {self.item.kind} {self.item.name}{told}"


def changes(wanted: Items, found: Items) -> list[Change]:
    """Give what must happen, in an order in which it can: made and mended from the ground up, removed from the top."""
    order = {kind: place for place, kind in enumerate(Kind)}
    mended = [change for key, item in wanted.items() if (change := _change(item, found.get(key)))]
    extra = {key: item for key, item in found.items() if key not in wanted}
    removed = [Change(Verb.REMOVE, item) for item in extra.values() if not _goes_with_its_owner(item, extra)]
    mended.sort(key=lambda change: order[change.item.kind])
    removed.sort(key=lambda change: -order[change.item.kind])
    # A provider belongs to one organisation at a time: it leaves the wrong one before it can enter its own.
    leaving = [change for change in removed if change.item.kind is Kind.PROVIDER_LINK]
    return [*leaving, *mended, *(change for change in removed if change not in leaving)]


def _goes_with_its_owner(item: Item, extra: Items) -> bool:
    return item.kind in OWNERS and (OWNERS[item.kind], item.owner) in extra


def _change(wanted: Item, found: Item | None) -> Change | None:
    if found is None:
        # Keycloak's own clients come when it needs them; one that is absent is no way in.
        return None if wanted.kind is Kind.BUILT_IN else Change(Verb.CREATE, wanted)
    differences = tuple(differing(found.body, wanted.body))
    return Change(Verb.UPDATE, wanted, found, differences) if differences else None


def differing(found: Any, wanted: Any, path: str = "") -> Iterator[str]:
    """Give one line per field that differs; a secret's value is never shown."""
    if isinstance(found, Mapping) and isinstance(wanted, Mapping):
        for key in sorted({*found, *wanted}):
            yield from differing(found.get(key), wanted.get(key), f"{path}.{key}" if path else key)
    elif found != wanted:
        yield f"{path}: {_shown(path, found)} → {_shown(path, wanted)}"


def _shown(path: str, value: Any) -> str:
    if value is None:
        return "nothing"
    if any(word in path.lower() for word in SECRET):
        return "•••"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
