"""A build takes minutes and runs as a login that no person has: somebody asks, a worker does it (regional §3.1)."""

from dataclasses import dataclass
from datetime import datetime
from time import time
from uuid import UUID, uuid4

from hlt_graphql.releases.models import BuildRequest
from hlt_graphql.releases.rules import level_of
from hlt_graphql.trace.changing import regional_change
from hlt_graphql.trace.rules import RegionEvent
from hlt_identity.door import Actor, remembered
from hlt_identity.roles import Permission, RoleCode, check_may

BUILD = "releases.build"


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, and the person as he or she was signed in when asking."""

    period: str
    by: Actor
    at: datetime


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
    row = BuildRequest.objects.using("disclosure").get(id=request)
    by = remembered(
        person_id=row.asked_by,
        role=RoleCode(row.role),
        assignment_id=row.assignment,
        session_id=row.session,
        level=row.level,
        auth_time=row.auth_time,
    )
    return Asked(row.period, by, row.asked_at)
