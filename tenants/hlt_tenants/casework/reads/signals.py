"""Signals of the own branch, and the receipts of who raised one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_tenants.audit.changing import note
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.codes import Concern, ReceiptKind, SignalAnswer, ToldWay
from hlt_tenants.casework.errors import ConflictOfInterest
from hlt_tenants.casework.models import Receipt, Signal
from hlt_tenants.casework.next_step import NextStep, Standpoint, next_step
from hlt_tenants.casework.rules import LABEL, State, Step, after, check_is_lead
from hlt_tenants.consent.reads import Asked, asked_about
from hlt_tenants.consent.rules import Answer
from hlt_tenants.families.reads import KnownChild, has_conflict, known_child
from hlt_tenants.teams.reads import names_of


@dataclass(frozen=True, slots=True)
class SignalView:
    """A signal in its own branch; `case_id` once it was granted. `next_step` is empty after that."""

    signal_id: UUID
    child: KnownChild
    state: State
    label: str
    concern: Concern
    seen: str
    works_well: str
    told_on: date
    told_way: ToldWay
    raised_at: datetime
    initiator: str
    lead_id: UUID
    lead_name: str
    is_lead: bool
    is_taken_up: bool
    decide_by: date
    wait_until: date | None
    answer: SignalAnswer | None
    case_id: UUID | None
    asked: tuple[Asked, ...]
    next_step: NextStep


@dataclass(frozen=True, slots=True)
class OwnReceipt:
    """What became of a signal that the actor raised: a number, what happened last, and when."""

    number: str
    kind: ReceiptKind
    on: date


def signal_view(signal: UUID, *, by: Actor, basis: Basis) -> SignalView:
    """Give a signal of the own branch; logged. Raises NotFound (also for another branch's), ConflictOfInterest."""
    row = Signal.objects.filter(id=signal).first()
    if row is None:
        raise NotFound
    if has_conflict(by.person_id, (row.id, row.child_id)):
        raise ConflictOfInterest
    note(Event.PAGE_OPENED, about=signal, by=by, basis=basis)
    names = names_of([row.lead_id, row.initiator_id])
    asked = asked_about(signal)
    return SignalView(
        signal_id=row.id,
        child=known_child(row.child_id),
        state=State(row.state),
        label=LABEL[State(row.state)],
        concern=Concern(row.concern),
        seen=row.seen,
        works_well=row.works_well,
        told_on=row.family_told_on,
        told_way=ToldWay(row.family_told_way),
        raised_at=row.raised_at,
        initiator=names.get(row.initiator_id, ""),
        lead_id=row.lead_id,
        lead_name=names.get(row.lead_id, ""),
        is_lead=row.lead_id == by.person_id,
        is_taken_up=row.taken_up_at is not None,
        decide_by=row.decide_by,
        wait_until=row.wait_until,
        answer=SignalAnswer(row.answer) if row.answer else None,
        case_id=row.case_id,
        asked=asked,
        next_step=step_of_signal(row, asked, by),
    )


def lead_signal(signal: UUID, step: Step, *, by: Actor, basis: Basis) -> SignalView:
    """Give a signal to its lead, for a page that takes this step; raises NotFound, NotTheLead, WrongState."""
    view = signal_view(signal, by=by, basis=basis)
    check_is_lead(by.person_id, view.lead_id)
    after(step, view.state)
    return view


def step_of_signal(row: Signal, asked: tuple[Asked, ...], by: Actor) -> NextStep:
    """Give the one next step of a signal; after the grant the case page has it."""
    if row.case_id is not None:
        return NextStep(None, why_not="Ärendet är öppet.")
    point = Standpoint(
        state=State(row.state),
        running=frozenset(),
        is_lead=row.lead_id == by.person_id,
        leads_meetings=False,
        has_answers=bool(asked) and all(one.answer is Answer.YES and not one.is_withdrawn for one in asked),
        is_taken_up=row.taken_up_at is not None,
    )
    return next_step(point)


def own_receipts(*, by: Actor) -> tuple[OwnReceipt, ...]:
    """Give the latest receipt of every signal that the actor raised in this branch, newest signal first; no child.

    Works for team members and for the `signal` login, which reads nothing else. Source: README ruling, I23.
    """
    raised = Receipt.objects.filter(owner_branch=by.own_branch, initiator_id=by.person_id).order_by("-on", "number")
    shown = []
    for first in raised:
        same = Receipt.objects.filter(owner_branch=by.own_branch, signal_ref=first.signal_ref)
        last = max(same, key=lambda row: list(ReceiptKind).index(ReceiptKind(row.kind)))
        shown.append(OwnReceipt(first.number, ReceiptKind(last.kind), last.on))
    return tuple(shown)
