"""My day (S1): what waits for me by date, the children I work with, and a coordinator's nameless list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_identity.roles import RoleCode
from hlt_tenants.audit import instant
from hlt_tenants.audit.changing import note_each
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.errors import ConflictOfInterest
from hlt_tenants.casework.models import CaseSeat, HltCase, Signal
from hlt_tenants.casework.moving import check_no_conflict, is_assigned
from hlt_tenants.casework.next_step import NextStep, next_step
from hlt_tenants.casework.reads.case import is_offered, running_clocks, standpoint
from hlt_tenants.casework.reads.signals import step_of_signal
from hlt_tenants.casework.rules import LABEL, SEEN_STEP, State
from hlt_tenants.casework.subject import subject_of
from hlt_tenants.consent.reads import asked_about
from hlt_tenants.families.reads import has_conflict, known_child
from hlt_tenants.teams.reads import team_of

PROTECTED_NAME = "Skyddade uppgifter"
WAITING = (State.SIGNALLED, State.CONSENT_ASKED)
RESTING = (State.CLOSED, State.DISPOSED)


@dataclass(frozen=True, slots=True)
class Task:
    """One row of "Att göra": a signal (then `signal_id`) or a case, its next step, the promise and its last day."""

    name: str
    signal_id: UUID | None
    case_id: UUID | None
    number: str
    label: str
    step_number: int
    next_step: NextStep
    clock: str
    due_on: date | None
    is_overdue: bool
    is_lead: bool
    baton_offered: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """A case as its coordinator sees it: number, state, next promise; no name."""

    case_id: UUID
    number: str
    label: str
    step_number: int
    clock: str
    due_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The start page: what to take up, my cases (overdue first, then by date), and a coordinator's shells."""

    signals: tuple[Task, ...]
    cases: tuple[Task, ...]
    shells: tuple[Shell, ...]


def my_day(*, by: Actor, basis: Basis) -> Day:
    """Give what waits for this person in this hat; every child that is named is logged (L-13)."""
    signals, cases = _signals(by), _cases(by)
    named = [row.signal_id or row.case_id for row in (*signals, *cases)]
    note_each(Event.LIST_SHOWN, abouts=[one for one in named if one is not None], by=by, basis=basis)
    return Day(signals, cases, _shells(by))


def _signals(by: Actor) -> tuple[Task, ...]:
    rows = Signal.objects.filter(state__in=WAITING).order_by("decide_by", "id")
    mine = (row for row in rows if row.taken_up_at is None or row.lead_id == by.person_id)
    return _by_date(_of_signal(row, by) for row in mine if not has_conflict(by.person_id, (row.id, row.child_id)))


def _of_signal(row: Signal, by: Actor) -> Task:
    child = known_child(row.child_id)
    due = row.wait_until or row.decide_by
    return Task(
        name=PROTECTED_NAME if child.is_protected else child.name,
        signal_id=row.id,
        case_id=None,
        number="",
        label=LABEL[State(row.state)],
        step_number=SEEN_STEP[State(row.state)],
        next_step=step_of_signal(row, asked_about(row.id), by),
        clock="Vänta på familjens svar" if row.wait_until else "Svara på signalen",
        due_on=due,
        is_overdue=due < instant.today(),
        is_lead=row.lead_id == by.person_id,
        baton_offered=False,
    )


def _cases(by: Actor) -> tuple[Task, ...]:
    seats = CaseSeat.objects.filter(branch=by.own_branch, ended_at=None).values_list("case_id", flat=True)
    rows = HltCase.objects.filter(id__in=list(seats)).exclude(state__in=RESTING)
    return _by_date(_of_case(row, by) for row in rows if is_assigned(row, by) and _is_free(row, by))


def _is_free(row: HltCase, by: Actor) -> bool:
    try:
        check_no_conflict(row, by)
    except ConflictOfInterest:
        return False
    return True


def _of_case(row: HltCase, by: Actor) -> Task:
    clocks = running_clocks(row.id)
    first = clocks[0] if clocks else None
    return Task(
        name=_name(row),
        signal_id=None,
        case_id=row.id,
        number=row.number,
        label=LABEL[State(row.state)],
        step_number=SEEN_STEP[State(row.state)],
        next_step=next_step(standpoint(row, by, clocks)),
        clock=first.label if first else "",
        due_on=first.due_on if first else None,
        is_overdue=first is not None and first.is_overdue,
        is_lead=row.lead_id == by.person_id,
        baton_offered=is_offered(row.id, by),
    )


def _name(row: HltCase) -> str:
    try:
        subject = subject_of(row.id)
    except NotFound:
        return row.number
    return PROTECTED_NAME if subject.is_protected else subject.name


def _shells(by: Actor) -> tuple[Shell, ...]:
    if by.role is not RoleCode.COORDINATOR:
        return ()
    rows = HltCase.objects.filter(team_id=team_of(by.assignment_id)).exclude(state__in=RESTING)
    return tuple(sorted((_shell(row) for row in rows), key=lambda shell: (shell.due_on or date.max, shell.number)))


def _shell(row: HltCase) -> Shell:
    clocks = running_clocks(row.id)
    first = clocks[0] if clocks else None
    return Shell(
        row.id,
        row.number,
        LABEL[State(row.state)],
        SEEN_STEP[State(row.state)],
        first.label if first else "",
        first.due_on if first else None,
        first is not None and first.is_overdue,
    )


def _by_date(tasks: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(sorted(tasks, key=lambda task: (task.due_on or date.max, task.name, str(task.case_id))))
