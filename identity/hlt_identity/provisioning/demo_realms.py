"""Realms of the same Keycloak that play the kommuner's own providers: local stack and tests only (identity §19)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from hlt_identity.provisioning.files import Organisation, filled, organisations, read, values_of
from hlt_identity.provisioning.items import Body
from hlt_identity.provisioning.raw import Realm, answered, connect

DIGEST = "hltDigest"
KEYS = "org.keycloak.keys.KeyProvider"
PROFILE = "org.keycloak.userprofile.UserProfileProvider"


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody a demo provider knows; `id` becomes the provider's `sub`, so that a realm made again means the same."""

    id: UUID
    user: str
    first_name: str
    last_name: str
    password: str


def make_demo_realms(people: Mapping[str, Sequence[Invented]]) -> int:
    """Make the realm of each organisation without a provider of its own, with the people of its slug; give how many.

    A realm that is as it should be is left alone; another is made again, its people keep their `sub`.
    """
    realm = connect()
    return sum(_make(realm, row, people.get(row.slug, ())) for row in organisations() if not row.addresses)


def _make(realm: Realm, row: Organisation, people: Sequence[Invented]) -> bool:
    wanted = _demo_realm(row, people)
    path = f"admin/realms/{row.idp}"
    found = realm.connection.raw_get(path)
    if found.status_code == 200:
        if found.json()["attributes"].get(DIGEST) == wanted["attributes"][DIGEST]:
            return False
        answered(realm.connection.raw_delete(path))
    answered(realm.connection.raw_post("admin/realms", data=json.dumps(wanted)))
    return True


def _demo_realm(row: Organisation, people: Sequence[Invented]) -> dict[str, Any]:
    told = read("demo")
    body: dict[str, Any] = filled(told["demo"], values_of(row))
    profile = {"config": {"kc.user.profile.config": [json.dumps(told["user_profile"])]}}
    body["components"] = {
        PROFILE: [{"providerId": "declarative-user-profile", **profile}],
        KEYS: [{"name": name, "providerId": name, "config": {"priority": ["100"]}} for name in told["keys"]],
    }
    digest = sha256(json.dumps([body, [asdict(person) for person in people]], default=str).encode()).hexdigest()
    body["users"] = list(_users(row, people, told["acr"]))
    return {**body, "attributes": {DIGEST: digest}}


def _users(row: Organisation, people: Sequence[Invented], acr: str) -> Iterator[Body]:
    for person in people:
        yield {
            "id": str(person.id),
            "username": person.user,
            "enabled": True,
            "firstName": person.first_name,
            "lastName": person.last_name,
            "email": f"{person.user}@{row.slug}.example",
            "attributes": {"acr": [acr]},
            "credentials": [{"type": "password", "value": person.password, "temporary": False}],
        }
