"""The meeting about a child and the seven-day promise after it (domain §6.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import Invalid, NotFound
from hlt_identity.roles import RoleCode
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.codes import (
    Decision,
    FeedbackWay,
    MeetingKind,
    MeetingState,
    PostponeReason,
    ReceiptKind,
    SectorGap,
)
from hlt_tenants.casework.errors import NoFeedbackDue, NotTheMeetingsLeader
from hlt_tenants.casework.models import Attendance, CaseSeat, Feedback, HltCase, LiveConsent, Meeting, MeetingNote
from hlt_tenants.casework.moving import (
    check_no_conflict,
    give_receipt,
    is_running,
    lock_as_lead,
    lock_case,
    move,
    start_clock,
    stop_clocks,
)
from hlt_tenants.casework.rules import ClockCode, Step, clock_after_meeting, has_three_sectors
from hlt_tenants.teams.reads import team_of


@dataclass(frozen=True, slots=True)
class Held:
    """What is written down in the room: decision, one line, who sat there, whether a guardian came."""

    decision: Decision
    line: str
    branches: frozenset[str]
    has_guardian: bool = False
    sectors_missing_why: SectorGap | None = None


def book_meeting(
    *,
    case: UUID,
    starts_at: datetime,
    place: str,
    by: Actor,
    basis: Basis,
    slot: int = 0,
    sectors_missing_why: SectorGap | None = None,
) -> UUID:
    """Put a child on an HLT meeting's list; `slot` is its place in the order of the day. Gives the meeting's id.

    Raises NotFound, NotTheMeetingsLeader, WrongState, and Invalid when a sector has no seat and no reason is given.
    """
    with change(Event.MEETING_BOOKED, about=case, by=by, basis=basis) as now:
        row = lock_for_meeting(case, by)
        move(row, Step.BOOK_MEETING, by, now)
        return _booked(row, starts_at, place, slot, sectors_missing_why)


def move_meeting(
    *,
    case: UUID,
    starts_at: datetime,
    place: str,
    reason: PostponeReason,
    by: Actor,
    basis: Basis,
    sectors_missing_why: SectorGap | None = None,
) -> UUID:
    """Postpone a booked meeting and book it anew in one act, so that the child never falls off the list between.

    Gives the new meeting's id; the old row keeps its day and the reason. Raises as `book_meeting`, and Invalid when
    day, time and place are the old ones.
    """
    with change(Event.MEETING_MOVED, about=case, by=by, basis=basis) as now:
        row = lock_for_meeting(case, by)
        _check_differs(case, starts_at, place)
        _postpone(row, reason, by, now)
        move(row, Step.BOOK_MEETING, by, now)
        return _booked(row, starts_at, place, 0, sectors_missing_why)


def postpone_meeting(*, case: UUID, reason: PostponeReason, by: Actor, basis: Basis) -> None:
    """Take a child off the list of a booked meeting; the MEETING clock goes on. Raises as `book_meeting`."""
    with change(Event.MEETING_POSTPONED, about=case, by=by, basis=basis) as now:
        _postpone(lock_for_meeting(case, by), reason, by, now)


def hold_meeting(*, case: UUID, held: Held, by: Actor, basis: Basis) -> UUID:
    """Write down what an HLT meeting decided about one child; gives the meeting's id.

    Starts FEEDBACK (7 days) and the clock that the decision asks for; the first one sends the initiator a receipt.
    Only who has a seat writes about a child: a coordinator without one books, and the lead holds. A case that already
    has support needs no booking. Raises NotFound, NotTheMeetingsLeader, WrongState, Invalid (line, branches,
    sectors_missing_why). Source: domain §5.2, I08–I10.
    """
    with change(Event.MEETING_HELD, about=case, by=by, basis=basis) as now:
        row = lock_case(case, by)
        check_leads_meeting(row, by)
        move(row, Step.HOLD_MEETING, by, now)
        _check_held(row, held)
        meeting = _held_meeting(row, held, now)
        for branch in sorted(held.branches):
            Attendance(case_id=case, meeting_id=meeting.id, branch=branch).save(force_insert=True)
        _note(row, meeting.id, held.line, by, now)
        stop_clocks(case, now, ClockCode.MEETING)
        start_clock(case, ClockCode.FEEDBACK, now)
        start_clock(case, clock_after_meeting(held.decision), now)
        if Meeting.objects.filter(case_id=case, state=MeetingState.HELD, kind=MeetingKind.TEAM).count() == 1:
            give_receipt(row, ReceiptKind.MET, now)
    return meeting.id


def hold_family_meeting(*, case: UUID, line: str, has_guardian: bool, by: Actor, basis: Basis) -> UUID:
    """Note a meeting with the family, led by the lead; gives its id. Raises NotFound, NotTheLead, WrongState."""
    with change(Event.FAMILY_MET, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.HOLD_FAMILY_MEETING, by, now)
        meeting = _made(row, MeetingKind.FAMILY, now)
        meeting.has_guardian = has_guardian
        meeting.save(force_insert=True)
        _note(row, meeting.id, line, by, now)
    return meeting.id


def give_feedback(*, case: UUID, guardian: UUID, way: FeedbackWay, by: Actor, basis: Basis) -> None:
    """Record that a guardian (by guardian_ref) got the answer after an HLT meeting, or did not want it.

    The clock stops when the last guardian with a live consent has it. Once per guardian and meeting: a second call
    changes nothing. Raises NotFound, NotTheLead, WrongState, NoFeedbackDue. Source: I09.
    """
    with change(Event.FEEDBACK_GIVEN, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        refs = set(LiveConsent.objects.filter(case_id=case).values_list("guardian_ref", flat=True))
        if guardian not in refs:
            raise NotFound
        meeting = _last_held(case)
        done = set(Feedback.objects.filter(meeting=meeting).values_list("guardian_ref", flat=True))
        if guardian in done:
            return
        if not is_running(case, ClockCode.FEEDBACK):
            raise NoFeedbackDue
        move(row, Step.GIVE_FEEDBACK, by, now)
        Feedback(case_id=case, meeting=meeting, guardian_ref=guardian, way=way, given_at=now).save(force_insert=True)
        if refs <= done | {guardian}:
            stop_clocks(case, now, ClockCode.FEEDBACK)


def lock_for_meeting(case: UUID, by: Actor) -> HltCase:
    """Give the shell FOR UPDATE to the lead or the team's coordinator (who may lack a seat), else raise NotFound.

    Raises NotTheMeetingsLeader to others who see the case, ConflictOfInterest.
    """
    row = HltCase.objects.select_for_update().filter(id=case).first()
    if row is None or row.team_id not in (None, team_of(by.assignment_id)):
        raise NotFound
    check_leads_meeting(row, by)
    check_no_conflict(row, by)
    return row


def check_leads_meeting(row: HltCase, by: Actor) -> None:
    """Raise NotTheMeetingsLeader unless the actor is the lead or a coordinator."""
    if by.person_id != row.lead_id and by.role is not RoleCode.COORDINATOR:
        raise NotTheMeetingsLeader


def _booked(row: HltCase, starts_at: datetime, place: str, slot: int, why: SectorGap | None) -> UUID:
    seats = CaseSeat.objects.filter(case_id=row.id, ended_at=None).values_list("branch", flat=True)
    _check_sectors(seats, why)
    meeting = Meeting(
        case_id=row.id,
        team_id=row.team_id,
        kind=MeetingKind.TEAM,
        state=MeetingState.BOOKED,
        starts_at=starts_at,
        slot=slot,
        place=place,
        sectors_missing_why=why or "",
    )
    meeting.save(force_insert=True)
    return meeting.id


def _postpone(row: HltCase, reason: PostponeReason, by: Actor, now: datetime) -> None:
    move(row, Step.POSTPONE_MEETING, by, now)
    booked = Meeting.objects.filter(case_id=row.id, state=MeetingState.BOOKED)
    booked.update(state=MeetingState.POSTPONED, postponed_why=reason)


def _check_differs(case: UUID, starts_at: datetime, place: str) -> None:
    if Meeting.objects.filter(case_id=case, state=MeetingState.BOOKED, starts_at=starts_at, place=place).exists():
        raise Invalid(fields={"on": "Mötet är redan bokat så. Skriv en ny dag, tid eller plats."})


def _check_sectors(branches: Collection[str], why: SectorGap | None) -> None:
    if not has_three_sectors(branches) and why is None:
        raise Invalid(fields={"sectors_missing_why": "Alla tre områden är inte med. Välj varför."})


def _check_held(row: HltCase, held: Held) -> None:
    seats = set(CaseSeat.objects.filter(case_id=row.id, ended_at=None).values_list("branch", flat=True))
    faults = {}
    if not held.line.strip():
        faults["line"] = "Skriv en rad om vad ni kom fram till."
    if not held.branches or not held.branches <= seats:
        faults["branches"] = "Kryssa i vilka verksamheter som var med."
    if not has_three_sectors(held.branches) and held.sectors_missing_why is None:
        faults["sectors_missing_why"] = "Alla tre områden var inte med. Välj varför."
    if faults:
        raise Invalid(fields=faults)


def _held_meeting(row: HltCase, held: Held, now: datetime) -> Meeting:
    """Turn the booked row into a held one, or make one for a case that already has support."""
    booked = Meeting.objects.filter(case_id=row.id, kind=MeetingKind.TEAM, state=MeetingState.BOOKED).first()
    meeting = booked or _made(row, MeetingKind.TEAM, now)
    meeting.state, meeting.held_at = MeetingState.HELD, now
    # Held before the day it was booked for: the day it was held is the one that is true.
    meeting.starts_at = min(meeting.starts_at, now)
    meeting.decision, meeting.has_guardian = held.decision, held.has_guardian
    meeting.sectors_missing_why = held.sectors_missing_why or ""
    meeting.save(force_insert=booked is None)
    return meeting


def _made(row: HltCase, kind: MeetingKind, now: datetime) -> Meeting:
    return Meeting(case_id=row.id, team_id=row.team_id, kind=kind, state=MeetingState.HELD, starts_at=now, held_at=now)


def _note(row: HltCase, meeting: UUID, line: str, by: Actor, now: datetime) -> None:
    MeetingNote(
        owner_branch=by.own_branch,
        case_id=row.id,
        meeting_id=meeting,
        line=line,
        written_by=by.person_id,
        written_at=now,
    ).save(force_insert=True)


def _last_held(case: UUID) -> Meeting:
    found = Meeting.objects.filter(case_id=case, kind=MeetingKind.TEAM, state=MeetingState.HELD).order_by("-held_at")
    meeting = found.first()
    if meeting is None:
        raise NoFeedbackDue
    return meeting
