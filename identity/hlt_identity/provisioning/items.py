"""What a realm is made of, wanted or found: an item has a kind, a name and a body by which the two are compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Body = Mapping[str, Any]


class Kind(StrEnum):
    """In the order in which they are made: what is named by another stands before it."""

    KEY = "key provider"
    USER_PROFILE = "user profile"
    REQUIRED_ACTION = "required action"
    FLOW = "flow"
    REALM = "realm"
    SCOPE = "scope"
    SCOPE_MAPPER = "scope mapper"
    CLIENT = "client"
    CLIENT_MAPPER = "client mapper"
    BUILT_IN = "built-in client"
    ORGANISATION = "organisation"
    PROVIDER = "identity provider"
    PROVIDER_LINK = "provider of organisation"
    PROVIDER_MAPPER = "provider mapper"
    DEFAULT_ROLES = "default roles"
    ROLE_SCOPE = "roles in a client's tokens"
    GROUP = "group"
    ADMIN_ROLES = "admin roles"
    CREDENTIAL = "credential"
    STRAY_USER = "user without a provider"


@dataclass(frozen=True, slots=True)
class Item:
    """`name` is "owner/part" for what hangs on something, `body` what is compared, `handle` Keycloak's id.

    `whole` is what is sent (wanted) or what Keycloak answered (found): also what is false, since its defaults are not.
    """

    kind: Kind
    name: str
    body: Body
    handle: str = ""
    whole: Body = field(default_factory=dict)

    @property
    def owner(self) -> str:
        return self.name.partition("/")[0]

    @property
    def part(self) -> str:
        return self.name.partition("/")[2]


Items = dict[tuple[Kind, str], Item]


def by_name(items: Iterable[Item]) -> Items:
    return {(item.kind, item.name): item for item in items}


def bare(value: Any, drop: frozenset[str] = frozenset()) -> Any:
    """Give what two sides are compared by: without the fields in `drop`, and without what is empty or false."""
    if isinstance(value, Mapping):
        cleaned = {key: bare(inner, drop) for key, inner in value.items() if key not in drop}
        return {key: inner for key, inner in cleaned.items() if inner not in (None, "", False, [], {}, 0)}
    if isinstance(value, list):
        cleaned_list = [bare(inner, drop) for inner in value]
        return sorted(cleaned_list) if all(isinstance(inner, str) for inner in cleaned_list) else cleaned_list
    return value
