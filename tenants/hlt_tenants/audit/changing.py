"""The one door for writing: change, audit event and outbox row are all or nothing (style §9, INV4)."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errands.homes import writing as opened_for_writing
from hlt_identity.errands.once import settle
from hlt_identity.errors import HltError
from hlt_tenants.audit import instant
from hlt_tenants.audit.following import tell_followers
from hlt_tenants.audit.models import AuditEvent
from hlt_tenants.audit.rules import Basis, Event, check_basis
from hlt_tenants.registry.outbox.models import Inbox
from hlt_tenants.registry.outbox.queueing import NOTED, queue

# The chain of what operators did; no branch has this code, so no page shows it.
OPERATION = "operation"


@contextmanager
def writing(*, settles: bool = True) -> Iterator[None]:
    """Open the outermost transaction for writing; raise RuntimeError inside another one.

    Every login is read-only until it says otherwise, and says so before its first query: what forgets to come this
    way is refused by the database. Inside a task the transaction also notes that the errand is done, so a second
    delivery has no effect; `settles` False is for what is logged beside the effect.
    """
    with opened_for_writing("default"):
        if settles:
            settle(Inbox, using="default")
        yield


@contextmanager
def change(event: Event, *, about: UUID, by: Actor, basis: Basis, task: str = NOTED) -> Iterator[datetime]:
    """Do one act: yield its instant (UTC), then write the event and the work that follows from it.

    A refusal (HltError) inside leaves nothing but one event with result `refused`, in a transaction of its own; any
    other fault leaves nothing. Raises BasisNotLegal when role, branch and basis do not go together (law §6).
    """
    now = instant.now()
    try:
        check_basis(by.role, by.own_branch, basis)
        with writing():
            yield now
            tell_followers(event, about, by, now)
            queue(task, ref_id=about, branch=by.branch, now=now)
            _log(event, about, by, basis, now, result="done")
    except HltError as refusal:
        with writing(settles=False):
            _log(event, about, by, basis, now, result="refused", detail=refusal.code)
        raise


def note(event: Event, *, about: UUID, by: Actor, basis: Basis) -> None:
    """Log that something was seen; committed before the answer leaves: no log, no data (L-13)."""
    note_each(event, abouts=(about,), by=by, basis=basis)


def note_each(event: Event, *, abouts: Collection[UUID], by: Actor, basis: Basis) -> None:
    """Log a list: one event per person shown in it, in one transaction; an empty list leaves nothing."""
    check_basis(by.role, by.own_branch, basis)
    if not abouts:
        return
    with writing(settles=False):
        for about in abouts:
            _log(event, about, by, basis, instant.now(), result="done")


@contextmanager
def operated(event: Event, *, about: UUID, operator: UUID, detail: str) -> Iterator[None]:
    """Do what an operator decides about the running of a kommun, as its jobs login, and log it in one transaction.

    No agency's data is touched, so it stands in the kommun's own chain and not in a branch's (basis P15).
    """
    with writing(settles=False):
        yield
        AuditEvent(
            owner_branch=OPERATION,
            controller=OPERATION,
            at=instant.now(),
            actor=operator,
            assignment=operator,
            role="operator",
            action=event,
            object=about,
            basis_code=Basis.OPERATION,
            result="done",
            detail=detail,
            salt=os.urandom(16),
        ).save(force_insert=True)


def _log(
    event: Event, about: UUID, by: Actor, basis: Basis, now: datetime, *, result: str, detail: str | None = None
) -> None:
    # Written last: the chain's lock is held until commit (operations §8).
    AuditEvent(
        owner_branch=by.own_branch,
        controller=by.own_branch,
        at=now,
        actor=by.person_id,
        assignment=by.assignment_id,
        role=by.role,
        unit=by.unit,
        action=event,
        object=about,
        basis_code=basis,
        result=result,
        detail=detail,
        salt=os.urandom(16),
    ).save(force_insert=True)
