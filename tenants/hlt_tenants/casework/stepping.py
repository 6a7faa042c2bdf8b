"""How the apps above take a step of a case: ids and plain values, so that the tables stay in this app."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.casework.ending import end_case
from hlt_tenants.casework.giving import give_to_seats
from hlt_tenants.casework.models import Clock, HltCase
from hlt_tenants.casework.moving import lock_as_clock, lock_as_lead, lock_case, move
from hlt_tenants.casework.offers import Offered
from hlt_tenants.casework.rules import ClockCode, State, Step


@dataclass(frozen=True, slots=True)
class Stepped:
    """A case whose row is held by this transaction, after the step."""

    case_id: UUID
    state: State
    plan_number: int


def step(which: Step, *, case: UUID, by: Actor, now: datetime) -> Stepped:
    """Take a step as the lead; raise NotFound, NotTheLead, WrongState, ConflictOfInterest. Call inside `change()`."""
    row = lock_as_lead(case, by)
    move(row, which, by, now)
    return _stepped(row)


def step_of_clock(which: Step, *, case: UUID, by: Actor, now: datetime) -> Stepped:
    """Take a step that a day alone makes due, as the clock of the lead's branch.

    Raises OnlyTheClock, NotFound, WrongState. Call inside `change()`.
    """
    row = lock_as_clock(case, by)
    move(row, which, by, now)
    return _stepped(row)


def held(case: UUID, *, by: Actor) -> Stepped:
    """Hold a case for writing that is no step; raise NotFound, ConflictOfInterest. Call inside `change()`."""
    return _stepped(lock_case(case, by))


def number_plan(case: UUID) -> int:
    """Give the number of the next plan version and keep it on the shell: versions of two branches never collide."""
    row = HltCase.objects.get(id=case)
    row.plan_number += 1
    row.save()
    return row.plan_number


def count_review(case: UUID) -> None:
    row = HltCase.objects.get(id=case)
    row.reviews += 1
    row.save()


def is_due(case: UUID, code: ClockCode, today: date) -> bool:
    """Tell whether a running promise has come to its last day."""
    return Clock.objects.filter(case_id=case, code=code, stopped_at=None, due_on__lte=today).exists()


def share(case: UUID, items: Collection[Offered], *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Give items by consent to every seat that the consent covers; give the branches that got something."""
    return give_to_seats(HltCase.objects.get(id=case), items, by=by, now=now)


def end(case: UUID, now: datetime) -> None:
    """End what ends with a case that was just closed: seats, consents, clocks; the initiator is told."""
    end_case(HltCase.objects.get(id=case), now)


def _stepped(row: HltCase) -> Stepped:
    return Stepped(row.id, State(row.state), row.plan_number)
