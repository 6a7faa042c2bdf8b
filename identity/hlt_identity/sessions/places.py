"""A web host as sign-in sees it: whose it is, which client of the realm it is, which providers it believes today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import connections
from django.http import HttpRequest

from hlt_identity.door import MembershipSource, Place
from hlt_identity.models import REGION

HOST = """
SELECT l.slug, l.issuer, l.client_id, l.kc_org_id, ARRAY(
    SELECT i.idp FROM kommun_idp i
    WHERE i.kommunkod = l.kommunkod AND i.valid_from <= %(on)s AND (i.valid_to IS NULL OR i.valid_to > %(on)s)
)
FROM realm_link l WHERE l.kommunkod = %(kommunkod)s
"""


class NamedKommun(Protocol):
    """What is read of a kommun that the registry knows."""

    @property
    def kommunkod(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...


class Surroundings(Protocol):
    """What wiring puts on a request (`request.surroundings`): who has a hat here, and which kommuner are open."""

    @property
    def memberships(self) -> MembershipSource: ...

    def kommuner(self) -> Sequence[NamedKommun]:
        """Give the open kommuner in the order of the alphabet."""

    def branch_name(self, branch: str) -> str:
        """Give what people call a branch."""


@dataclass(frozen=True, slots=True)
class SignInHost:
    """One of the 16 hosts with its client; `place` is what the door compares with."""

    kommunkod: str
    slug: str
    issuer: str
    client_id: str
    place: Place


def kommunkod_of(request: HttpRequest) -> str:
    """Give the kommun's code of the host, or `region`."""
    kommun: NamedKommun | None = request.kommun  # type: ignore[attr-defined]
    return REGION if kommun is None else kommun.kommunkod


def alias_of(kommunkod: str) -> str:
    """Give the database alias that reads a host's own sessions: its door's login, or the region's."""
    return "regional" if kommunkod == REGION else "door"


def host_of(kommunkod: str, on: date) -> SignInHost | None:
    """Give the host as the realm knows it, read as the host's own login; None when no realm was linked."""
    with connections[alias_of(kommunkod)].cursor() as cursor:
        cursor.execute(HOST, {"kommunkod": kommunkod, "on": on})
        row = cursor.fetchone()
    if row is None:
        return None
    slug, issuer, client_id, organisation_id, idps = row
    return SignInHost(kommunkod, slug, issuer, client_id, Place(kommunkod, organisation_id, frozenset(idps)))
