"""My day (S1): what waits for me by date, the children I work with, and a coordinator's nameless list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.roles import RoleCode
from hlt_tenants.audit import instant
from hlt_tenants.audit.changing import note_each
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.models import CaseSeat, HltCase, Signal
from hlt_tenants.casework.next_step import NextStep, next_step
from hlt_tenants.casework.reads.case import RunningClock, clocks_of, offered_to, standpoint
from hlt_tenants.casework.reads.signals import step_of_signal
from hlt_tenants.casework.rules import CLOCK_LABEL, LABEL, SEEN_STEP, ClockCode, State
from hlt_tenants.consent.reads import asked_about, told_names
from hlt_tenants.families.reads import conflicts_of, names_of_children
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


@dataclass(frozen=True, slots=True)
class Known:
    """What is read once for all rows of a day."""

    by: Actor
    today: date
    team: UUID | None
    conflicts: frozenset[UUID]
    offered: frozenset[UUID]
    names: dict[UUID, tuple[str, bool]]
    told: dict[UUID, str]
    signals: dict[UUID, tuple[UUID, UUID]]
    clocks: dict[UUID, tuple[RunningClock, ...]]


def my_day(*, by: Actor, basis: Basis) -> Day:
    """Give what waits for this person in this hat; every child that is named is logged (L-13)."""
    waiting = list(Signal.objects.filter(state__in=WAITING))
    seats = CaseSeat.objects.filter(branch=by.own_branch, ended_at=None).values_list("case_id", flat=True)
    rows = list(HltCase.objects.filter(id__in=list(seats)).exclude(state__in=RESTING))
    known = _known(waiting, rows, by)
    signals = _by_date(_of_signal(row, known) for row in waiting if _is_mine(row, known))
    cases = _by_date(_of_case(row, known) for row in rows if _is_work(row, known))
    named = [task.signal_id or task.case_id for task in (*signals, *cases)]
    note_each(Event.LIST_SHOWN, abouts=[one for one in named if one is not None], by=by, basis=basis)
    return Day(signals, cases, _shells(known))


def _known(waiting: list[Signal], rows: list[HltCase], by: Actor) -> Known:
    cases = [row.id for row in rows]
    behind = Signal.objects.filter(case_id__in=cases).values_list("case_id", "id", "child_id")
    signals = {case: (signal, child) for case, signal, child in behind if case is not None}
    children = {row.child_id for row in waiting} | {child for _signal, child in signals.values()}
    return Known(
        by=by,
        today=instant.today(),
        team=team_of(by.assignment_id),
        conflicts=conflicts_of(by.person_id),
        offered=offered_to(by),
        names=names_of_children(children),
        told=told_names(cases),
        signals=signals,
        clocks=clocks_of(cases),
    )


def _is_mine(row: Signal, known: Known) -> bool:
    is_open = row.taken_up_at is None or row.lead_id == known.by.person_id
    return is_open and not known.conflicts & {row.id, row.child_id}


def _is_work(row: HltCase, known: Known) -> bool:
    """Tell whether a case with a live seat of the branch is this person's: the team, and no jäv (as `lock_case`)."""
    in_team = row.lead_id == known.by.person_id or row.team_id in (None, known.team)
    return in_team and not known.conflicts & {row.id, *known.signals.get(row.id, ())}


def _of_signal(row: Signal, known: Known) -> Task:
    due = row.wait_until or row.decide_by
    code = ClockCode.CONSENT_WAIT if row.wait_until else ClockCode.DECISION
    return Task(
        name=_shown(known.names[row.child_id]),
        signal_id=row.id,
        case_id=None,
        number="",
        label=LABEL[State(row.state)],
        step_number=SEEN_STEP[State(row.state)],
        next_step=step_of_signal(row, asked_about(row.id) if row.wait_until else (), known.by),
        clock=CLOCK_LABEL[code],
        due_on=due,
        is_overdue=due < known.today,
        is_lead=row.lead_id == known.by.person_id,
        baton_offered=False,
    )


def _of_case(row: HltCase, known: Known) -> Task:
    clocks = known.clocks.get(row.id, ())
    first = clocks[0] if clocks else None
    return Task(
        name=_name(row, known),
        signal_id=None,
        case_id=row.id,
        number=row.number,
        label=LABEL[State(row.state)],
        step_number=SEEN_STEP[State(row.state)],
        next_step=next_step(standpoint(row, known.by, clocks)),
        clock=first.label if first else "",
        due_on=first.due_on if first else None,
        is_overdue=first is not None and first.is_overdue,
        is_lead=row.lead_id == known.by.person_id,
        baton_offered=row.id in known.offered,
    )


def _name(row: HltCase, known: Known) -> str:
    """Give the own child's name, else the one the branch was told, else the number."""
    if row.id in known.signals:
        return _shown(known.names[known.signals[row.id][1]])
    return known.told.get(row.id, row.number)


def _shown(name: tuple[str, bool]) -> str:
    return PROTECTED_NAME if name[1] else name[0]


def _shells(known: Known) -> tuple[Shell, ...]:
    if known.by.role is not RoleCode.COORDINATOR or known.team is None:
        return ()
    rows = list(HltCase.objects.filter(team_id=known.team).exclude(state__in=RESTING))
    clocks = clocks_of([row.id for row in rows])
    shells = (_shell(row, clocks.get(row.id, ())) for row in rows)
    return tuple(sorted(shells, key=lambda shell: (shell.due_on or date.max, shell.number)))


def _shell(row: HltCase, clocks: tuple[RunningClock, ...]) -> Shell:
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
