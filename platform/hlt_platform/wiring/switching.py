"""The other hosts where the same person has a live assignment: names and links, nothing from inside (interface S14)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from hlt_identity.door import REGION_IDP
from hlt_identity.login.views import switch_url
from hlt_identity.models import REGION
from hlt_identity.sessions.hats import kommuner_of
from hlt_identity.sessions.region import RegionMemberships
from hlt_identity.sessions.visits import Visit
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.hosts import open_kommuner
from hlt_tenants.teams.reads import TeamMemberships

REGION_NAME = "Region Västerbotten"


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """One press away: the place's name, and the link that signs in there."""

    name: str
    url: str


def other_places(found: Visit, now: datetime) -> list[OtherPlace]:
    """Give the places in the order of the alphabet, the region last; each is asked at its own door, now."""
    return list(_places(found, now)) if found.actor else []


def _places(found: Visit, now: datetime) -> Iterator[OtherPlace]:
    session = found.session
    if session is None:
        return
    today = localdate(now)
    if session.idp == REGION_IDP:
        codes = kommuner_of(session.person_id) - {session.kommunkod}
        for kommun in open_kommuner():
            if kommun.kommunkod in codes and _has_hat(found, kommun.kommunkod, now):
                yield OtherPlace(kommun.name, switch_url(kommun.slug, found))
    if session.kommunkod != REGION and RegionMemberships().live_assignments(session.person_id, today):
        yield OtherPlace(REGION_NAME, switch_url(REGION, found))


def _has_hat(found: Visit, kommunkod: str, now: datetime) -> bool:
    if found.actor is None:
        return False
    with inside(Where(kommunkod)):
        live = TeamMemberships().live_assignments(found.actor.person_id, localdate(now))
    return any(hat.is_regional for hat in live)
