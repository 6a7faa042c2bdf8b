"""One case as one branch sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hlt_identity.roles import Permission, needs
from hlt_tenants.audit import instant
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.actions.batons import accept_baton, resume
from hlt_tenants.casework.actions.consents import note_expiry
from hlt_tenants.casework.next_step import NextStep
from hlt_tenants.casework.reads.case import CaseView, Seat, case_view
from hlt_tenants.casework.reads.consents import GuardianConsent, consent_state
from hlt_tenants.casework.rules import Step, age_on
from hlt_tenants.casework.views.shown import MOVED, also, next_card, past, seven_steps
from hlt_tenants.consent.codes import Ground, InfoCategory
from hlt_tenants.consent.reads import Copy, Given, copies_of, given_of
from hlt_tenants.drafts.sending import press
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.requests import StaffRequest


@dataclass(frozen=True, slots=True)
class Received:
    """A copy on the page: who gave it, under which category, and the frozen text."""

    from_branch: str
    category: str
    content: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """One thing that the own branch has written in the case."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Gave:
    """One thing that the own branch has given away."""

    title: str
    hint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """One guardian's yes on the page, with its way out."""

    name: str
    told: str
    valid_until: date
    withdrawn_at: datetime | None
    withdraw_url: str


@needs(Permission.CASE_SHELL_VIEW)
def case(request: StaffRequest, case: UUID) -> HttpResponse:
    """Show the next step first, then what was promised, received and written; who sees the shell only sees that."""
    by, basis = request.actor, own_basis(request.actor.own_branch)
    view = case_view(case, by=by, basis=basis)
    told = {
        "case": view,
        "heading": _heading(view),
        "lead_branch": branch_name(view.lead_branch),
        "own_branch": branch_name(by.own_branch),
        "steps": seven_steps(view.step_number),
        "next": next_card(_next(view), case),
        "is_moved": MOVED in request.GET and bool(view.booked),
        "seats": [_seat(seat) for seat in view.seats if seat.is_live],
        "events": past(view.timeline),
        "also": also(view),
    }
    return render(request, "casework/case.html", told | (_content(view, request) if view.subject else {}))


def _next(view: CaseView) -> NextStep:
    """Give the next step; a coordinator without a seat books, and who has one writes what the meeting said."""
    if view.subject is None and view.next_step.step is Step.HOLD_MEETING:
        return NextStep(None, why_not="Mötet är bokat. Den som är huvudansvarig skriver vad det kom fram till.")
    return view.next_step


def _content(view: CaseView, request: StaffRequest) -> dict[str, object]:
    by, basis = request.actor, own_basis(request.actor.own_branch)
    return {
        "has_content": True,
        "copies": [_received(copy) for copy in copies_of(view.case_id, by=by, basis=basis)],
        "own": _own(view),
        "given": [_gave(one) for one in given_of(view.case_id)],
        "consents": [_consent(view.case_id, one) for one in consent_state(view.case_id, by=by, basis=basis)],
    }


def _heading(view: CaseView) -> str:
    if view.subject is None:
        return f"Ärende {view.number}"
    if view.subject.is_protected:
        return "Skyddade uppgifter"
    return f"{view.subject.name}, {age_on(view.subject.birth_date, instant.today())} år"


def _seat(seat: Seat) -> str:
    names = ", ".join(member.name for member in seat.members)
    return f"{seat.branch_name}: {names}" if names else seat.branch_name


def _received(copy: Copy) -> Received:
    return Received(branch_name(copy.from_branch), InfoCategory(copy.category).label, copy.content, copy.received_at)


def _own(view: CaseView) -> list[Own]:
    signals = [Own(f"Signal: {one.concern.label.lower()}", one.seen) for one in view.signals]
    good = [Own("Fungerar bra", one.works_well) for one in view.signals if one.works_well]
    held = [meeting for meeting in view.meetings if meeting.line]
    return [*signals, *good, *(Own(f"{one.kind.label} {one.starts_at:%Y-%m-%d}", one.line) for one in held)]


def _gave(one: Given) -> Gave:
    title = f"{InfoCategory(one.category).label.partition(':')[0]} till {branch_name(one.to_branch).lower()}"
    return Gave(title, f"Grund: {Ground(one.ground).label.lower()}", one.decided_at)


def _consent(case: UUID, one: GuardianConsent) -> ConsentRow:
    told = ", ".join(branch_name(branch) for branch in one.branches)
    url = "" if one.withdrawn_at else reverse("consent-withdraw", args=[case, one.guardian_ref])
    return ConsentRow(one.name, told, one.valid_until, one.withdrawn_at, url)


@require_POST
@needs(Permission.CASE_WORK)
def accept(request: StaffRequest, case: UUID) -> HttpResponse:
    """Take the baton that somebody holds out."""
    by, page = request.actor, reverse("case", args=[case])
    return press(request, lambda: accept_baton(case=case, by=by, basis=own_basis(by.own_branch)), to=page)


@require_POST
@needs(Permission.CASE_WORK)
def go_on(request: StaffRequest, case: UUID) -> HttpResponse:
    """Let support that rested go on."""
    by, page = request.actor, reverse("case", args=[case])
    return press(request, lambda: resume(case=case, by=by, basis=own_basis(by.own_branch)), to=page)


@require_POST
@needs(Permission.CASE_WORK)
def rest(request: StaffRequest, case: UUID) -> HttpResponse:
    """Let a case rest whose consent has run out."""
    by, page = request.actor, reverse("case", args=[case])
    return press(request, lambda: note_expiry(case=case, by=by, basis=own_basis(by.own_branch)), to=page)
