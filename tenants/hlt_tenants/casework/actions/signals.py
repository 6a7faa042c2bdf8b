"""The first concern, inside one branch: raise it, take it up, answer it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from hlt_identity.door import Actor
from hlt_identity.errors import NotAllowed, NotFound
from hlt_identity.roles import Permission, may
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.clocks import clock_rules
from hlt_tenants.casework.codes import ReceiptKind, SignalAnswer
from hlt_tenants.casework.errors import AlreadyTakenUp, ConflictOfInterest
from hlt_tenants.casework.models import Receipt, Signal
from hlt_tenants.casework.rules import ClockCode, State, Step, after, check_is_lead, checked_told_on, due_on
from hlt_tenants.families.adding import NewChild, add_child
from hlt_tenants.families.reads import has_conflict

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class NewSignal:
    """What the one-page form asks: the child, what was seen, that the family knows."""

    child: NewChild
    concern: str
    seen: str
    works_well: str
    family_told_on: date | None
    family_told_way: str


def new_number() -> str:
    """Give eight random signs; never running, since a gap in a series would tell that there is another case."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def raise_signal(signal: NewSignal, *, by: Actor, basis: Basis) -> UUID:
    """Write a first concern down; only the actor's own branch can read it. Starts the 14-day DECISION clock.

    Gives the signal's id. Works as the branch's login and as `signal`, the login of staff outside the teams. Raises
    FamilyNotTold. Source: domain §1, INV3.
    """
    signal_id = uuid4()
    with change(Event.SIGNAL_RAISED, about=signal_id, by=by, basis=basis) as now:
        told_on = checked_told_on(signal.family_told_on, day_of(now))
        child, _guardians = add_child(signal.child, by=by)
        row = Signal(
            id=signal_id,
            owner_branch=by.own_branch,
            child_id=child,
            state=State.SIGNALLED,
            lead_id=by.person_id,
            initiator_id=by.person_id,
            receipt=uuid4(),
            concern=signal.concern,
            seen=signal.seen,
            works_well=signal.works_well,
            family_told_on=told_on,
            family_told_way=signal.family_told_way,
            raised_at=now,
            decide_by=due_on(clock_rules(), ClockCode.DECISION, now),
        )
        row.save(force_insert=True)
        _receipt(row, ReceiptKind.RAISED, now, number=new_number())
    return signal_id


def take_up(*, signal: UUID, by: Actor, basis: Basis) -> None:
    """Receive a signal as a team seat of the same branch; the actor becomes the lead.

    A second call by the same person changes nothing but the log. Raises NotFound, NotAllowed (not in a team),
    AlreadyTakenUp, ConflictOfInterest, WrongState. Source: domain §5.2, T2.
    """
    with change(Event.SIGNAL_TAKEN_UP, about=signal, by=by, basis=basis) as now:
        row = lock_signal(signal, by)
        if not may(by, Permission.SIGNAL_HANDLE):
            raise NotAllowed
        after(Step.TAKE_UP, State(row.state))
        if row.taken_up_at is not None and row.lead_id != by.person_id:
            raise AlreadyTakenUp
        if row.taken_up_at is None:
            row.lead_id, row.taken_up_at = by.person_id, now
            row.version += 1
            row.save()
            _receipt(row, ReceiptKind.TAKEN_UP, now)


def answer_signal(*, signal: UUID, answer: SignalAnswer, by: Actor, basis: Basis) -> None:
    """End a signal without a case: advice was enough, other help, or the family says no. Stops DECISION.

    Raises NotFound, NotTheLead, WrongState. Source: domain §5.2.
    """
    with change(Event.SIGNAL_ANSWERED, about=signal, by=by, basis=basis) as now:
        row = lock_signal(signal, by)
        check_is_lead(by.person_id, row.lead_id)
        move_signal(row, Step.ANSWER_SIGNAL)
        row.answer, row.ended_at = answer, now
        row.save()
        _receipt(row, ReceiptKind.ANSWERED, now)


def lock_signal(signal: UUID, by: Actor) -> Signal:
    """Give the row FOR UPDATE; raise NotFound when another branch owns it or nobody does, ConflictOfInterest."""
    found = Signal.objects.select_for_update().filter(id=signal).first()
    if found is None:
        raise NotFound
    if has_conflict(by.person_id, (found.id, found.child_id)):
        raise ConflictOfInterest
    return found


def move_signal(row: Signal, step: Step) -> None:
    """Set the state in which the step ends, or raise WrongState; the caller saves."""
    row.state = after(step, State(row.state))
    row.version += 1


def _receipt(row: Signal, kind: ReceiptKind, now: datetime, number: str = "") -> None:
    Receipt(
        owner_branch=row.owner_branch,
        signal_ref=row.receipt,
        initiator_id=row.initiator_id if kind is ReceiptKind.RAISED else None,
        number=number,
        kind=kind,
        on=day_of(now),
    ).save(force_insert=True)
