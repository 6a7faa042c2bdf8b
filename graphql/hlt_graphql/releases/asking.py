"""A build takes minutes and runs as a login that no person has: somebody asks, a worker does it (regional §3.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import time
from uuid import UUID, uuid4

from django.db.models import Q

from hlt_graphql.releases.models import BuildRequest
from hlt_graphql.releases.rules import level_of
from hlt_graphql.releases.sweeping import KEPT_AT_MOST
from hlt_graphql.trace.changing import region_writing, regional_change
from hlt_graphql.trace.rules import RegionEvent
from hlt_identity.door import Actor, remembered
from hlt_identity.errors import HltError
from hlt_identity.roles import Permission, RoleCode, check_may

BUILD = "releases.build"
BUILDER = "disclosure"
LISTED = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, and the person as he or she was signed in when asking; `has_ended`: a worker has answered."""

    request: UUID
    period: str
    by: Actor
    at: datetime
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Unbuilt:
    """A request that led to no candidate: not yet (`refusal` None), or not at all."""

    period: str
    asked_at: datetime
    refusal: Mapping[str, str] | None


def ask_build(period: str, *, by: Actor) -> UUID:
    """Ask for the candidate of a period and give the request's id; the candidate comes when a worker has built it.

    Raises NotAllowed, NeedsStrongerLogin, and ValueError for what is no period.
    """
    check_may(by, Permission.RELEASE_BUILD, at_second=time())
    level_of(period)
    request = uuid4()
    with regional_change(RegionEvent.RELEASE_ASKED, about=request, by=by, task=BUILD) as now:
        BuildRequest(
            id=request,
            period=period,
            asked_by=by.person_id,
            role=by.role,
            assignment=by.assignment_id,
            session=by.session_id,
            level=by.level,
            auth_time=by.auth_time,
            asked_at=now,
        ).save(using="regional", force_insert=True)
    return request


def asked(request: UUID) -> Asked:
    """Give what was asked for, as the build's own login reads it."""
    row = BuildRequest.objects.using(BUILDER).get(id=request)
    by = remembered(
        person_id=row.asked_by,
        role=RoleCode(row.role),
        assignment_id=row.assignment,
        session_id=row.session,
        level=row.level,
        auth_time=row.auth_time,
    )
    return Asked(row.id, row.period, by, row.asked_at, has_ended=row.ended_at is not None)


def note_built(request: UUID, candidate: UUID, now: datetime) -> None:
    """Note in the build's own transaction what came of a request."""
    BuildRequest.objects.using(BUILDER).filter(id=request).update(candidate=candidate, ended_at=now)


def note_refused(request: UUID, refusal: HltError) -> None:
    """Note why a request leads to nothing: asking again later is a person's decision, no clock's."""
    told = {"code": refusal.code, **refusal.data}
    with region_writing(BUILDER):
        BuildRequest.objects.using(BUILDER).filter(id=request).update(refusal=told, ended_at=datetime.now(UTC))


def unbuilt_requests(*, by: Actor) -> tuple[Unbuilt, ...]:
    """Give the newest requests that wait for a worker, and those refused since the last one that was built.

    One that waits for longer than its counts are kept leads to nothing and is left out. Raises NotAllowed.
    """
    check_may(by, Permission.RELEASE_BUILD, at_second=time())
    rows = BuildRequest.objects.using("regional").order_by("-asked_at")
    built = rows.filter(candidate__isnull=False).first()
    waits = Q(ended_at=None, asked_at__gt=datetime.now(UTC) - KEPT_AT_MOST)
    refused = Q(refusal__isnull=False) & (Q(asked_at__gt=built.asked_at) if built else Q())
    return tuple(Unbuilt(row.period, row.asked_at, row.refusal) for row in rows.filter(waits | refused)[:LISTED])
