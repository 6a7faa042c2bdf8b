"""The baton (stafettpinnen): exactly one lead, who stays until somebody has accepted (INV1, T9)."""

from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.codes import PauseReason
from hlt_tenants.casework.errors import BatonGone, NoSeat
from hlt_tenants.casework.models import BatonOffer, CaseSeat, HltCase
from hlt_tenants.casework.moving import (
    hold_clocks,
    lock_as_lead,
    lock_case,
    move,
    release_clocks,
    start_clock,
    stop_clocks,
)
from hlt_tenants.casework.rules import ClockCode, Step
from hlt_tenants.teams.reads import members_of


def offer_baton(*, case: UUID, to_person: UUID, by: Actor, basis: Basis) -> None:
    """Ask a member of the case's team, whose branch has a live seat, to become the lead; 7 days to answer.

    Raises NotFound (no such member), NoSeat, NotTheLead, WrongState. Source: domain §5.2.
    """
    with change(Event.BATON_OFFERED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.OFFER_BATON, by, now)
        member = next((one for one in members_of(row.team_id, day_of(now)) if one.person_id == to_person), None)
        if member is None:
            raise NotFound
        if not CaseSeat.objects.filter(case_id=case, branch=member.branch, ended_at=None).exists():
            raise NoSeat
        BatonOffer(
            case_id=case, from_person=by.person_id, to_person=to_person, to_branch=member.branch, offered_at=now
        ).save(force_insert=True)
        start_clock(case, ClockCode.BATON, now)


def accept_baton(*, case: UUID, by: Actor, basis: Basis) -> None:
    """Become the lead; of two who accept at the same time one wins and the other is told (INV1).

    Ends every other offer of the case. Raises BatonGone, NotFound, ConflictOfInterest, WrongState.
    """
    with change(Event.BATON_ACCEPTED, about=case, by=by, basis=basis) as now:
        row = lock_case(case, by)
        move(row, Step.ACCEPT_BATON, by, now)
        offers = BatonOffer.objects.filter(case_id=case, ended_at=None)
        mine = offers.filter(to_person=by.person_id, to_branch=by.own_branch, from_person=row.lead_id).first()
        if mine is None:
            raise BatonGone
        taken = HltCase.objects.filter(id=case, lead_id=mine.from_person)
        if taken.update(lead_id=by.person_id, lead_branch=by.own_branch) != 1:
            raise BatonGone
        offers.filter(id=mine.id).update(is_accepted=True)
        offers.update(ended_at=now)
        stop_clocks(case, now, ClockCode.BATON)


def pause(*, case: UUID, reason: PauseReason, by: Actor, basis: Basis) -> None:
    """Let support rest for at most 90 days; due dates move by the pause, visibly.

    Raises NotFound, NotTheLead, WrongState. Source: domain §5.2.
    """
    with change(Event.PAUSED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.PAUSE, by, now)
        row.pause_reason = reason
        row.save()
        hold_clocks(case, now, ClockCode.CONSENT_END, ClockCode.FEEDBACK)
        start_clock(case, ClockCode.PAUSE, now)


def resume(*, case: UUID, by: Actor, basis: Basis) -> None:
    """Let support go on; the clocks have the days they had left. Raises NotFound, NotTheLead, WrongState."""
    with change(Event.RESUMED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.RESUME, by, now)
        stop_clocks(case, now, ClockCode.PAUSE)
        release_clocks(case, now)
