"""Seats open and end with consent; a lost one freezes the case at once (domain §5.2 lose_consent)."""

from collections.abc import Collection
from datetime import datetime

from hlt_identity.door import Actor
from hlt_tenants.audit.instant import day_of
from hlt_tenants.casework.codes import MeetingState
from hlt_tenants.casework.models import BatonOffer, CaseSeat, HltCase, Meeting
from hlt_tenants.casework.moving import hold_clocks, move, start_clock
from hlt_tenants.casework.rules import ClockCode, State, Step
from hlt_tenants.registry.outbox.queueing import queue
from hlt_tenants.teams.reads import coordinating_branches

END_SEATS = "casework.end_seats"


def freeze(row: HltCase, by: Actor, now: datetime) -> None:
    """Let a case rest: every seat but the lead's ends, booked meetings vanish, clocks are held, THAW begins.

    The acting branch cannot take itself out of `seen_by` (its own row would vanish before its eyes), so the kommun's
    jobs login does that right after (tenancy §4.3).
    """
    left = move(row, Step.LOSE_CONSENT, by, now)
    row.state_before = State.LISTED if left is State.PLANNED else left
    CaseSeat.objects.filter(case_id=row.id, ended_at=None).exclude(branch=row.lead_branch).update(ended_at=now)
    Meeting.objects.filter(case_id=row.id, state=MeetingState.BOOKED).update(state=MeetingState.CANCELLED)
    BatonOffer.objects.filter(case_id=row.id, ended_at=None).update(ended_at=now)
    hold_clocks(row.id, now)
    start_clock(row.id, ClockCode.THAW, now)
    show_to(row, {row.lead_branch}, by, now)


def open_seats(row: HltCase, branches: Collection[str], now: datetime) -> None:
    """Open a seat for each branch that has none, and show the shell to them and to the team's coordinators."""
    seated = set(CaseSeat.objects.filter(case_id=row.id, ended_at=None).values_list("branch", flat=True))
    for branch in sorted(set(branches) - seated):
        CaseSeat(case_id=row.id, branch=branch, opened_at=now).save(force_insert=True)
    row.seen_by = sorted({*branches, *seated, *coordinating_branches(row.team_id, day_of(now))})
    row.save()


def end_seat(row: HltCase, branch: str, by: Actor, now: datetime) -> None:
    """End one branch's seat; who coordinates the team goes on seeing the shell."""
    CaseSeat.objects.filter(case_id=row.id, branch=branch, ended_at=None).update(ended_at=now)
    seated = CaseSeat.objects.filter(case_id=row.id, ended_at=None).values_list("branch", flat=True)
    show_to(row, {*seated, *coordinating_branches(row.team_id, day_of(now))}, by, now)


def show_to(row: HltCase, branches: set[str], by: Actor, now: datetime) -> None:
    """Let only these branches see the shell from now on; the actor's own leaves by a task of the jobs login."""
    row.seen_by = sorted(branches | {by.own_branch})
    row.save()
    if by.own_branch not in branches:
        queue(END_SEATS, ref_id=row.id, branch=None, now=now)
