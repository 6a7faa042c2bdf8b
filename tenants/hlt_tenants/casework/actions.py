"""From the first signal to a shared case: one verb per function, each one transaction (domain §5.2)."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound, Refused
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.clocks import clock_rules
from hlt_tenants.casework.models import CaseSeat, Clock, HltCase, Signal
from hlt_tenants.casework.rules import (
    ClockCode,
    State,
    Step,
    after,
    age_on,
    check_is_lead,
    checked_told_on,
    due_on,
)
from hlt_tenants.consent.asking import ask
from hlt_tenants.consent.giving import Item, give_copy
from hlt_tenants.consent.reads import answers_about
from hlt_tenants.consent.rules import Facts, Refusal, Request, consent_gap
from hlt_tenants.families.adding import NewChild, add_child
from hlt_tenants.families.reads import birth_date_of, guardians_of

COORDINATION = "C0"
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


def raise_signal(signal: NewSignal, *, by: Actor, basis: Basis) -> UUID:
    """Write a first concern down; only the actor's own branch can read it. Starts the 14-day DECISION clock.

    Gives the signal's id. Raises FamilyNotTold. Source: domain §1, INV3.
    """
    signal_id = uuid4()
    with change(Event.SIGNAL_RAISED, about=signal_id, by=by, basis=basis) as now:
        told_on = checked_told_on(signal.family_told_on, now.date())
        child, _guardians = add_child(signal.child, by=by)
        Signal(
            id=signal_id,
            owner_branch=by.own_branch,
            child_id=child,
            state=State.SIGNALLED,
            lead_id=by.person_id,
            initiator_id=by.person_id,
            concern=signal.concern,
            seen=signal.seen,
            works_well=signal.works_well,
            family_told_on=told_on,
            family_told_way=signal.family_told_way,
            raised_at=now,
            decide_by=due_on(clock_rules(), ClockCode.DECISION, now),
        ).save(force_insert=True)
    return signal_id


def ask_consent(
    *, signal: UUID, to_branches: Collection[str], categories: Collection[str], by: Actor, basis: Basis
) -> None:
    """Ask every guardian with standing whether these branches may have these categories.

    Raises NotFound, NotTheLead, WrongState. Source: domain §5.2, L-06.
    """
    with change(Event.CONSENT_ASKED, about=signal, by=by, basis=basis):
        row = _lock_signal(signal)
        check_is_lead(by.person_id, row.lead_id)
        row.state = after(Step.ASK_CONSENT, State(row.state))
        row.save()
        ask(signal=signal, guardians=guardians_of(row.child_id), to_branches=to_branches, categories=categories, by=by)


def grant(*, signal: UUID, by: Actor, basis: Basis) -> UUID:
    """Open the shared, nameless case when the last needed yes is there; gives its id.

    Seats for every branch of the scope and the 31-day MEETING clock begin. Raises Refused with what is missing,
    NotFound, WrongState. Source: domain §5.2.
    """
    case = uuid4()
    with change(Event.CONSENT_GRANTED, about=case, by=by, basis=basis) as now:
        row = _lock_signal(signal)
        row.state = after(Step.GRANT, State(row.state))
        branches = _granted_branches(signal, now)
        _open_shell(case, row, branches, now)
        row.case_id = case
        row.save()
    return case


def disclose_signal(*, signal: UUID, to_branch: str, ground: str, motive: str, by: Actor, basis: Basis) -> None:
    """Give the text of a signal, as it stands now, to one other branch with a seat in the case.

    Raises Refused with the rule engine's reasons, NotFound, NotTheLead. Source: L-03, L-05.
    """
    with change(Event.DISCLOSED, about=signal, by=by, basis=basis) as now:
        row = _lock_signal(signal)
        check_is_lead(by.person_id, row.lead_id)
        case = _case_with_seat(row, to_branch)
        facts = Facts(
            decider_branch=by.own_branch,
            has_conflict=False,
            receiver_is_authority=not to_branch.startswith("private_"),
            age=age_on(birth_date_of(row.child_id), now.date()),
            answers=answers_about(signal),
        )
        request = Request(row.owner_branch, to_branch, ground, "C1", motive)
        give_copy(Item(signal, case, row.seen), request, facts, by=by, now=now)


def _lock_signal(signal: UUID) -> Signal:
    found = Signal.objects.select_for_update().filter(id=signal).first()
    if found is None:
        raise NotFound
    return found


def _case_with_seat(signal: Signal, branch: str) -> UUID:
    """Give the case in which the receiver has a live seat; raise Refused when there is none, whatever the ground."""
    if signal.case_id is None:
        raise Refused(Refusal.CONSENT_MISSING)
    if not CaseSeat.objects.filter(case_id=signal.case_id, branch=branch, ended_at=None).exists():
        raise Refused(Refusal.OUT_OF_SCOPE)
    return signal.case_id


def _granted_branches(signal: UUID, now: datetime) -> list[str]:
    """Give the branches of the scope, once every needed guardian's yes covers them today."""
    answers = answers_about(signal)
    asked = {branch for answer in answers for branch in answer.to_branches}
    gaps = {consent_gap(answers, branch, COORDINATION, now.date()) for branch in asked or {""}} - {None}
    if gaps:
        raise Refused(*sorted(str(gap) for gap in gaps))
    return sorted(asked)


def _open_shell(case: UUID, signal: Signal, branches: list[str], now: datetime) -> None:
    own = signal.owner_branch
    HltCase(
        id=case,
        # Random, never running: a gap in a series would tell that there is another case.
        number="".join(secrets.choice(ALPHABET) for _ in range(8)),
        state=State.LISTED,
        seen_by=sorted({own, *branches}),
        lead_id=signal.lead_id,
        lead_branch=own,
        granted_on=now.date(),
    ).save(force_insert=True)
    for branch in sorted({own, *branches}):
        CaseSeat(case_id=case, branch=branch, opened_at=now).save(force_insert=True)
    due = due_on(clock_rules(), ClockCode.MEETING, now)
    Clock(case_id=case, code=ClockCode.MEETING, started_at=now, due_on=due).save(force_insert=True)
