"""The region's one door for writing: the change and its event are all or nothing (style §9)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from hlt_graphql.trace.models import RegionInbox, TraceEvent
from hlt_graphql.trace.queueing import NOTED, queue
from hlt_graphql.trace.rules import RegionEvent
from hlt_identity.door import Actor
from hlt_identity.errands.homes import writing
from hlt_identity.errands.once import settle
from hlt_identity.errors import HltError


@contextmanager
def region_writing(using: str, *, settles: bool = True) -> Iterator[None]:
    """Open an outermost transaction of one of the region's logins; raise RuntimeError inside another one.

    Inside a task it notes that the errand is done, unless `settles` is False: for what comes before the effect.
    """
    with writing(using):
        if settles:
            settle(RegionInbox, using=using)
        yield


@contextmanager
def regional_change(
    event: RegionEvent,
    *,
    about: UUID,
    by: Actor,
    using: str = "regional",
    task: str = NOTED,
    settles: bool = True,
) -> Iterator[datetime]:
    """Do one act as one of the region's logins: yield its instant (UTC), then write what follows and the event.

    A refusal (HltError) inside leaves nothing but one event with result `refused`; any other fault leaves nothing.
    `using` is the alias of the login: regional, disclosure or publisher; `settles` and faults as `region_writing`.
    """
    now = datetime.now(UTC)
    try:
        with region_writing(using, settles=settles):
            yield now
            queue(task, ref_id=about, now=now, using=using)
            _log(event, about, by, now, using=using, result="done")
    except HltError as refusal:
        with writing(using):
            _log(event, about, by, now, using=using, result="refused", detail=refusal.code)
        raise


@contextmanager
def region_operated(event: RegionEvent, *, about: UUID, operator: UUID, detail: str) -> Iterator[None]:
    """Do what an operator decides about the running of the region, and log it in one transaction."""
    with writing("disclosure"):
        yield
        TraceEvent(
            at=datetime.now(UTC),
            actor=operator,
            role="operator",
            action=event,
            object=about,
            result="done",
            detail=detail,
            salt=os.urandom(16),
        ).save(using="disclosure", force_insert=True)


def _log(
    event: RegionEvent, about: UUID, by: Actor, now: datetime, *, using: str, result: str, detail: str = ""
) -> None:
    TraceEvent(
        at=now,
        actor=by.person_id,
        role=by.role,
        action=event,
        object=about,
        result=result,
        detail=detail,
        salt=os.urandom(16),
    ).save(using=using, force_insert=True)
