"""The month's meeting (S6): who is on the list, each branch seeing only the children it has a seat for (L-35).

And the one booked meeting of a case, for who may move it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_tenants.audit.changing import note_each
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.codes import MeetingState
from hlt_tenants.casework.errors import NotTheMeetingsLeader, WrongState
from hlt_tenants.casework.models import CaseSeat, HltCase, Meeting
from hlt_tenants.casework.reads.case import CaseView, ShownMeeting, case_view, is_coordinators, is_seated
from hlt_tenants.casework.rules import has_three_sectors
from hlt_tenants.casework.subject import subject_of
from hlt_tenants.teams.reads import team_of


@dataclass(frozen=True, slots=True)
class Place:
    """One quarter of an hour: a child, or (all None) a pause without a label."""

    slot: int
    case_id: UUID | None = None
    number: str = ""
    name: str = ""
    seats: tuple[str, ...] = ()
    has_three_sectors: bool = False


@dataclass(frozen=True, slots=True)
class BookedMeeting:
    """A team's meeting at one time and place, with its list in order."""

    starts_at: datetime
    place: str
    places: tuple[Place, ...]


def meeting_list(*, by: Actor, basis: Basis) -> tuple[BookedMeeting, ...]:
    """Give the team's booked meetings, nearest first; the children named are logged.

    A gap in the order of slots is a pause: what lies in it is not told, not even that something does.
    """
    rows = Meeting.objects.filter(state=MeetingState.BOOKED, team_id=team_of(by.assignment_id))
    mine = [row for row in rows.select_related("case") if is_seated(row.case, by) or is_coordinators(row.case, by)]
    note_each(Event.LIST_SHOWN, abouts=sorted({row.case_id for row in mine}), by=by, basis=basis)
    times = sorted({(row.starts_at, row.place) for row in mine})
    return tuple(
        BookedMeeting(at, place, _places([row for row in mine if (row.starts_at, row.place) == (at, place)], by))
        for at, place in times
    )


def movable_meeting(case: UUID, *, by: Actor, basis: Basis) -> tuple[CaseView, ShownMeeting]:
    """Give a case and its booked meeting to who may move it; the opening is logged.

    Raises NotFound, NotTheMeetingsLeader, and WrongState when no meeting is booked or it is held.
    """
    view = case_view(case, by=by, basis=basis)
    if not view.leads_meetings:
        raise NotTheMeetingsLeader
    if not view.may_move_meeting:
        raise WrongState
    (booked,) = view.booked
    return view, booked


def _places(rows: list[Meeting], by: Actor) -> tuple[Place, ...]:
    taken = {row.slot: row for row in rows}
    return tuple(_place(taken[slot], by) if slot in taken else Place(slot) for slot in range(max(taken) + 1))


def _place(row: Meeting, by: Actor) -> Place:
    seats = tuple(sorted(CaseSeat.objects.filter(case_id=row.case_id, ended_at=None).values_list("branch", flat=True)))
    return Place(row.slot, row.case_id, row.case.number, _name(row.case, by), seats, has_three_sectors(seats))


def _name(case: HltCase, by: Actor) -> str:
    """Give the child's name to a branch that has a seat and was told; a coordinator's list stays nameless."""
    try:
        return subject_of(case.id).name if is_seated(case, by) else ""
    except NotFound:
        return ""
