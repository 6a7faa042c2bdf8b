"""How a step moves a shell: lock, check who acts, change the state, keep the clocks; called inside `change()`."""

from datetime import date, datetime, timedelta
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_tenants.audit.instant import day_of
from hlt_tenants.casework.clocks import clock_rules
from hlt_tenants.casework.errors import ConflictOfInterest, OnlyTheClock
from hlt_tenants.casework.models import CaseSeat, CaseStep, Clock, HltCase, Receipt, Signal
from hlt_tenants.casework.rules import ClockCode, State, Step, after, check_is_lead, due_on
from hlt_tenants.families.reads import has_conflict
from hlt_tenants.teams.reads import team_of


def lock_case(case: UUID, by: Actor) -> HltCase:
    """Give the row FOR UPDATE; raise NotFound unless the actor's branch has a live seat and the actor is in its team.

    Raises ConflictOfInterest when the actor has declared jäv (L-36).
    """
    row = HltCase.objects.select_for_update().filter(id=case).first()
    if row is None or not is_assigned(row, by):
        raise NotFound
    check_no_conflict(row, by)
    return row


def lock_as_lead(case: UUID, by: Actor) -> HltCase:
    """The same, and raise NotTheLead unless the actor holds the baton (INV1)."""
    row = lock_case(case, by)
    check_is_lead(by.person_id, row.lead_id)
    return row


def lock_as_clock(case: UUID, by: Actor) -> HltCase:
    """Give the row FOR UPDATE to the clock of the lead's branch; raise OnlyTheClock, NotFound."""
    check_is_clock(by)
    row = HltCase.objects.select_for_update().filter(id=case, lead_branch=by.own_branch).first()
    if row is None:
        raise NotFound
    return row


def check_is_clock(by: Actor) -> None:
    """Raise OnlyTheClock for every person, whatever their role."""
    if not by.is_clock:
        raise OnlyTheClock


def is_assigned(row: HltCase, by: Actor) -> bool:
    """Tell whether the case is this person's work: a live seat of the branch, and the case's team (PDL and SoL)."""
    in_team = row.lead_id == by.person_id or row.team_id in (None, team_of(by.assignment_id))
    return in_team and CaseSeat.objects.filter(case_id=row.id, branch=by.own_branch, ended_at=None).exists()


def check_no_conflict(row: HltCase, by: Actor) -> None:
    about = Signal.objects.filter(case_id=row.id).values_list("id", "child_id").first() or ()
    if has_conflict(by.person_id, (row.id, *about)):
        raise ConflictOfInterest


def move(row: HltCase, step: Step, by: Actor, now: datetime) -> State:
    """Take the step or raise WrongState; give the state that was left. The shell is saved with its next version."""
    left = State(row.state)
    before = State(row.state_before) if row.state_before else None
    row.state = after(step, left, before=before)
    row.version += 1
    row.save()
    note_step(row, step, by.own_branch, now)
    return left


def note_step(row: HltCase, step: Step, branch: str, now: datetime) -> None:
    number = CaseStep.objects.filter(case_id=row.id).count() + 1
    CaseStep(case_id=row.id, number=number, step=step, state=row.state, branch=branch, at=now).save(force_insert=True)


def start_clock(case: UUID, code: ClockCode, now: datetime, *, due: date | None = None) -> None:
    """Start a promise in place of a running one of the same code; `due` when people agreed on a day themselves."""
    stop_clocks(case, now, code)
    due = due or due_on(clock_rules(), code, now)
    Clock(case_id=case, code=code, started_at=now, due_on=due).save(force_insert=True)


def stop_clocks(case: UUID, now: datetime, *codes: ClockCode) -> None:
    """Stop the running clocks of these codes; does nothing where none runs."""
    Clock.objects.filter(case_id=case, code__in=codes, stopped_at=None).update(stopped_at=now)


def is_running(case: UUID, code: ClockCode) -> bool:
    return Clock.objects.filter(case_id=case, code=code, stopped_at=None).exists()


def hold_clocks(case: UUID, now: datetime, *but: ClockCode) -> None:
    """Stop every running clock but these, and remember how many days were left."""
    for clock in Clock.objects.filter(case_id=case, stopped_at=None).exclude(code__in=but):
        clock.stopped_at, clock.left_days = now, (clock.due_on - day_of(now)).days
        clock.save()


def release_clocks(case: UUID, now: datetime) -> None:
    """Let what was held go on with the days it had left."""
    for held in Clock.objects.filter(case_id=case, left_days__isnull=False):
        due = day_of(now) + timedelta(days=held.left_days or 0)
        Clock(case_id=case, code=held.code, started_at=now, due_on=due).save(force_insert=True)
        held.left_days = None
        held.save()


def give_receipt(row: HltCase, kind: str, now: datetime) -> None:
    """Tell the initiator that it happened, not what; each kind once."""
    receipt = Receipt(owner_branch=row.first_branch, signal_ref=row.receipt, kind=kind, on=day_of(now))
    receipt.save(force_insert=True)
