"""Accounts of people in realm `hlt` and the rows that know them: found by their provider's word, never by a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hlt_identity.models import Person, PersonKommun, RegionMember
from hlt_identity.oidc.endpoints import issuer
from hlt_identity.provisioning.raw import Realm


@dataclass(frozen=True, slots=True)
class RegionHat:
    """A dated hat on the region's host."""

    id: UUID
    name: str
    unit: str
    role: str
    starts_on: date


def account_of(realm: Realm, idp: str, sub: str) -> str | None:
    """Give the account that a provider's subject has here (its own `sub`), None before the first sign-in."""
    found = realm.get_users({"idpAlias": idp, "idpUserId": sub})
    return str(found[0]["id"]) if found else None


def join(realm: Realm, account: str, slugs: Iterable[str]) -> int:
    """Make somebody an unmanaged member of organisations: regional staff in their kommuner (identity §2)."""
    has = {row["alias"] for row in realm.get_user_organizations(account)}
    ids = {row["alias"]: row["id"] for row in realm.get_organizations()} if set(slugs) - has else {}
    wanted = sorted(set(slugs) - has)
    for slug in wanted:
        # The interface takes the bare id as JSON text; a list or an object is refused.
        realm.send(f"organizations/{ids[slug]}/members", account)
    return len(wanted)


def end_sessions(realm: Realm, account: str) -> None:
    realm.user_logout(account)


def write_person(person: UUID, account: str, kommuner: Iterable[str]) -> int:
    """Tie a person's id to the account and the kommuner where they have a hat; give how many rows that wrote."""
    wanted = {"issuer": issuer(), "sub": account}
    written = 0
    if not Person.objects.filter(id=person, **wanted).exists():
        Person.objects.update_or_create(id=person, defaults=wanted)
        written += 1
    for kommunkod in kommuner:
        written += PersonKommun.objects.get_or_create(person_id=person, kommunkod=kommunkod)[1]
    return written


def write_region_hat(person: UUID, hat: RegionHat) -> int:
    defaults = {"person_id": person, "name": hat.name, "unit": hat.unit, "role": hat.role, "starts_on": hat.starts_on}
    return int(RegionMember.objects.get_or_create(id=hat.id, defaults=defaults)[1])
