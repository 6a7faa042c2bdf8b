"""One case as one branch sees it: the nameless shell, and what the branch itself has or was given."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_identity.roles import ROLES, Permission, RoleCode
from hlt_tenants.audit import instant
from hlt_tenants.audit.changing import note
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.codes import Concern, Decision, MeetingKind, MeetingState
from hlt_tenants.casework.errors import WrongState
from hlt_tenants.casework.models import BatonOffer, CaseSeat, CaseStep, Clock, Feedback, HltCase, Meeting, MeetingNote
from hlt_tenants.casework.models import Signal as SignalRow
from hlt_tenants.casework.moving import check_no_conflict, is_assigned
from hlt_tenants.casework.next_step import NextStep, Standpoint, next_step
from hlt_tenants.casework.rules import CLOCK_LABEL, LABEL, SEEN_STEP, ClockCode, State, Step, check_is_lead, may_step
from hlt_tenants.casework.subject import Subject, subject_of
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.teams.reads import Member, members_of, names_of, team_name, team_of


@dataclass(frozen=True, slots=True)
class RunningClock:
    """A promise that runs: its code and words, the last day on which it is kept."""

    code: ClockCode
    label: str
    due_on: date
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A branch's place in the case with the colleagues of the team who work in it; a manager opens no case."""

    branch: str
    branch_name: str
    members: tuple[Member, ...]
    is_live: bool


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A date on which the child is or was talked about; `line` only where the own branch wrote it."""

    meeting_id: UUID
    kind: MeetingKind
    state: MeetingState
    starts_at: datetime
    place: str
    decision: Decision | None
    line: str


@dataclass(frozen=True, slots=True)
class PastStep:
    """One line of the timeline."""

    at: datetime
    step: Step
    state: State
    branch: str


@dataclass(frozen=True, slots=True)
class OwnSignal:
    """The signal behind the case, where it is the own branch's."""

    signal_id: UUID
    concern: Concern
    seen: str
    works_well: str


@dataclass(frozen=True, slots=True)
class GuardianToAnswer:
    """A guardian and whether the answer after the last meeting has been given."""

    guardian_ref: UUID
    name: str
    has_feedback: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything the case page shows of this app; plan and follow-up have reads of their own.

    `subject` is None for who sees only the shell (a coordinator without a seat). `step_number` is 1–7.
    """

    case_id: UUID
    number: str
    state: State
    label: str
    step_number: int
    team: str
    lead_id: UUID
    lead_name: str
    lead_branch: str
    is_lead: bool
    leads_meetings: bool
    granted_on: date
    closed_on: date | None
    plan_number: int
    subject: Subject | None
    clocks: tuple[RunningClock, ...]
    seats: tuple[Seat, ...]
    meetings: tuple[ShownMeeting, ...]
    timeline: tuple[PastStep, ...]
    signals: tuple[OwnSignal, ...]
    guardians: tuple[GuardianToAnswer, ...]
    next_step: NextStep
    baton_offered_to_me: bool

    @property
    def booked(self) -> tuple[ShownMeeting, ...]:
        """Give what is booked and not held yet."""
        return tuple(one for one in self.meetings if one.state is MeetingState.BOOKED)

    @property
    def may_move_meeting(self) -> bool:
        """Tell whether the actor may give the booked meeting another day."""
        return self.leads_meetings and may_step(Step.POSTPONE_MEETING, self.state)


def case_view(case: UUID, *, by: Actor, basis: Basis) -> CaseView:
    """Give a case as the actor's branch sees it; the opening is logged. Copies: `consent.reads.copies_of`.

    Raises NotFound for what is not the actor's work, ConflictOfInterest (L-36).
    """
    row = open_case(case, by=by, basis=basis)
    seated = is_seated(row, by)
    clocks = running_clocks(case)
    return CaseView(
        case_id=row.id,
        number=row.number,
        state=State(row.state),
        label=LABEL[State(row.state)],
        step_number=SEEN_STEP[State(row.state)],
        team=team_name(row.team_id),
        lead_id=row.lead_id,
        lead_name=names_of([row.lead_id]).get(row.lead_id, ""),
        lead_branch=row.lead_branch,
        is_lead=row.lead_id == by.person_id,
        leads_meetings=leads_meetings(row, by),
        granted_on=row.granted_on,
        closed_on=row.closed_on,
        plan_number=row.plan_number,
        subject=subject_of(case) if seated else None,
        clocks=clocks,
        seats=_seats(row),
        meetings=_meetings(case),
        timeline=_timeline(case),
        signals=_signals(case),
        guardians=_guardians(case) if seated else (),
        next_step=next_step(standpoint(row, by, clocks)),
        baton_offered_to_me=is_offered(case, by),
    )


def seated_view(case: UUID, *, by: Actor, basis: Basis) -> CaseView:
    """Give a case to whose branch works in it; raise NotFound also for a coordinator who sees the shell only."""
    view = case_view(case, by=by, basis=basis)
    if view.subject is None:
        raise NotFound
    return view


def lead_view(case: UUID, *steps: Step, by: Actor, basis: Basis) -> CaseView:
    """Give a case to its lead, for a page that takes one of these steps.

    Raises NotFound, NotTheLead, and WrongState when none of them goes from here: better before the writing than after.
    """
    view = seated_view(case, by=by, basis=basis)
    check_is_lead(by.person_id, view.lead_id)
    if not any(may_step(step, view.state) for step in steps):
        raise WrongState
    return view


def open_case(case: UUID, *, by: Actor, basis: Basis) -> HltCase:
    """Log that a case is opened and give its shell; raise NotFound for what is not the actor's, ConflictOfInterest."""
    row = HltCase.objects.filter(id=case).first()
    if row is None or not (is_seated(row, by) or is_coordinators(row, by)):
        raise NotFound
    check_no_conflict(row, by)
    note(Event.PAGE_OPENED, about=case, by=by, basis=basis)
    return row


def is_seated(row: HltCase, by: Actor) -> bool:
    """Tell whether the branch has a live seat, or had one when the case ended, and the actor is in the team."""
    if is_assigned(row, by):
        return True
    had = CaseSeat.objects.filter(case_id=row.id, branch=by.own_branch, ended_at__date=row.closed_on)
    in_team = row.team_id in (None, team_of(by.assignment_id)) or row.lead_id == by.person_id
    return row.closed_on is not None and in_team and had.exists()


def is_coordinators(row: HltCase, by: Actor) -> bool:
    """Tell whether the actor coordinates the case's team: then the shell is shown, without a name."""
    return by.role is RoleCode.COORDINATOR and row.team_id in (None, team_of(by.assignment_id))


def leads_meetings(row: HltCase, by: Actor) -> bool:
    """Tell whether the actor may book a meeting of this case."""
    return row.lead_id == by.person_id or is_coordinators(row, by)


def running_clocks(case: UUID) -> tuple[RunningClock, ...]:
    """Give what is promised now, nearest day first; the end of consent shows only in its last 30 days."""
    return clocks_of([case]).get(case, ())


def clocks_of(cases: Collection[UUID]) -> dict[UUID, tuple[RunningClock, ...]]:
    """The same for many cases at once; a case without a running clock is not in it."""
    today, found = instant.today(), dict[UUID, tuple[RunningClock, ...]]()
    rows = Clock.objects.filter(case_id__in=list(cases), stopped_at=None).order_by("due_on", "code")
    for row in rows:
        if row.code != ClockCode.CONSENT_END or (row.due_on - today).days <= 30:
            code = ClockCode(row.code)
            clock = RunningClock(code, CLOCK_LABEL[code], row.due_on, row.due_on < today)
            found[row.case_id] = (*found.get(row.case_id, ()), clock)
    return found


def standpoint(row: HltCase, by: Actor, clocks: tuple[RunningClock, ...]) -> Standpoint:
    """Give what decides who may take which next step in a case: its state, its clocks, and who is looking."""
    due = {clock.code: clock.due_on for clock in clocks}
    today = instant.today()
    return Standpoint(
        state=State(row.state),
        running=frozenset(due),
        is_lead=row.lead_id == by.person_id,
        leads_meetings=leads_meetings(row, by),
        is_overdue=ClockCode.FOLLOW_UP in due and due[ClockCode.FOLLOW_UP] <= today,
        has_expired=ClockCode.CONSENT_END in due and due[ClockCode.CONSENT_END] <= today,
    )


def is_offered(case: UUID, by: Actor) -> bool:
    """Tell whether the baton waits for this person."""
    return case in offered_to(by)


def offered_to(by: Actor) -> frozenset[UUID]:
    """Give the cases whose baton waits for this person in this hat."""
    offers = BatonOffer.objects.filter(to_person=by.person_id, to_branch=by.own_branch, ended_at=None)
    return frozenset(offers.values_list("case_id", flat=True))


def _seats(row: HltCase) -> tuple[Seat, ...]:
    team = members_of(row.team_id, instant.today())
    members = [member for member in team if Permission.CASE_WORK in ROLES[member.role].permissions]
    rows = CaseSeat.objects.filter(case_id=row.id).order_by("branch", "opened_at")
    return tuple(
        Seat(
            seat.branch,
            branch_name(seat.branch),
            tuple(member for member in members if member.branch == seat.branch),
            seat.ended_at is None,
        )
        for seat in rows
    )


def _meetings(case: UUID) -> tuple[ShownMeeting, ...]:
    lines = dict(MeetingNote.objects.filter(case_id=case).values_list("meeting_id", "line"))
    rows = Meeting.objects.filter(case_id=case).order_by("-starts_at", "id")
    return tuple(
        ShownMeeting(
            row.id,
            MeetingKind(row.kind),
            MeetingState(row.state),
            row.starts_at,
            row.place,
            Decision(row.decision) if row.decision else None,
            lines.get(row.id, ""),
        )
        for row in rows
    )


def _timeline(case: UUID) -> tuple[PastStep, ...]:
    rows = CaseStep.objects.filter(case_id=case).order_by("number")
    return tuple(PastStep(row.at, Step(row.step), State(row.state), row.branch) for row in rows)


def _signals(case: UUID) -> tuple[OwnSignal, ...]:
    rows = SignalRow.objects.filter(case_id=case).order_by("raised_at")
    return tuple(OwnSignal(row.id, Concern(row.concern), row.seen, row.works_well) for row in rows)


def _guardians(case: UUID) -> tuple[GuardianToAnswer, ...]:
    held = Meeting.objects.filter(case_id=case, kind=MeetingKind.TEAM, state=MeetingState.HELD).order_by("-held_at")
    last = held.first()
    done = set(Feedback.objects.filter(meeting=last).values_list("guardian_ref", flat=True))
    return tuple(GuardianToAnswer(ref, name, ref in done) for ref, name in subject_of(case).guardians)
