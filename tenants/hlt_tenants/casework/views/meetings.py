"""The HLT meeting about one child, and the answer that the family is promised within a week (S6)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hlt_identity.roles import Permission, needs
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.actions.meetings import book_meeting, give_feedback, hold_meeting, move_meeting
from hlt_tenants.casework.codes import FeedbackWay, PostponeReason
from hlt_tenants.casework.errors import NoFeedbackDue
from hlt_tenants.casework.forms.meeting import BookingForm, FeedbackForm, HoldingForm, MovingForm
from hlt_tenants.casework.reads.case import CaseView, case_view, lead_view, seated_view
from hlt_tenants.casework.reads.meetings import movable_meeting
from hlt_tenants.casework.rules import ClockCode, Step, has_three_sectors
from hlt_tenants.casework.views.shown import MOVED
from hlt_tenants.drafts.sending import Writing, keeps, send, written
from hlt_tenants.registry.forms import remembered, status_of
from hlt_tenants.registry.requests import StaffRequest


@needs(Permission.CASE_WORK)
def book(request: StaffRequest, case: UUID) -> HttpResponse:
    """Put the child on an HLT meeting."""
    by, basis = request.actor, own_basis(request.actor.own_branch)
    view, page = case_view(case, by=by, basis=basis), reverse("case", args=[case])
    form = BookingForm(request.POST or None)
    sent = send(request, form, lambda: _book(form, case, request), to=lambda _about: page)
    told = {"form": form, "case": view, "back": page, **_invited(view)}
    return sent or render(request, "casework/meeting_book.html", told, status=status_of(form))


def _invited(view: CaseView) -> dict[str, object]:
    """Give who sees the meeting, and whether all three sectors are among them."""
    names = [seat.branch_name for seat in view.seats if seat.is_live]
    return {"seats": names, "is_whole": has_three_sectors(live(view))}


def live(view: CaseView) -> list[str]:
    """Give the branches that sit in the case now."""
    return [seat.branch for seat in view.seats if seat.is_live]


def _book(form: BookingForm, case: UUID, request: StaffRequest) -> None:
    by, place = request.actor, form.cleaned_data["place"]
    basis = own_basis(by.own_branch)
    book_meeting(case=case, starts_at=form.starts_at, place=place, by=by, basis=basis, sectors_missing_why=form.gap)


@needs(Permission.CASE_WORK)
def move(request: StaffRequest, case: UUID) -> HttpResponse:
    """Give the booked meeting another day, time or place."""
    by, basis = request.actor, own_basis(request.actor.own_branch)
    view, booked = movable_meeting(case, by=by, basis=basis)
    page = reverse("case", args=[case])
    form = MovingForm(request.POST or None, starts_at=booked.starts_at, place=booked.place)
    sent = send(request, form, lambda: _move(form, case, request), to=lambda _about: f"{page}?{MOVED}")
    told = {"form": form, "case": view, "meeting": booked, "back": page, **_invited(view)}
    return sent or render(request, "casework/meeting_move.html", told, status=status_of(form))


def _move(form: MovingForm, case: UUID, request: StaffRequest) -> None:
    by, told = request.actor, form.cleaned_data
    move_meeting(
        case=case,
        starts_at=form.starts_at,
        place=told["place"],
        reason=PostponeReason(told["reason"]),
        by=by,
        basis=own_basis(by.own_branch),
        sectors_missing_why=form.gap,
    )


@keeps("meeting-hold", "case")
@needs(Permission.CASE_WORK)
def hold(request: StaffRequest, case: UUID) -> HttpResponse:
    """Write in the room what the meeting decided; the week to the family's answer begins."""
    by, basis = request.actor, own_basis(request.actor.own_branch)
    view, page, writing = (
        seated_view(case, by=by, basis=basis),
        reverse("case", args=[case]),
        Writing("meeting-hold", case),
    )
    draft = written(request, writing)
    first = {"branches": live(view), **remembered(HoldingForm, draft.fields)}
    form = HoldingForm(request.POST or None, seats=live(view), initial=first)
    # The letter to the family is ready when the meeting ends: who leads the case goes straight on to it.
    onward = reverse("feedback", args=[case]) if view.is_lead else page
    sent = send(request, form, lambda: _hold(form, case, request), to=lambda _about: onward, writing=writing)
    told = {
        "form": form,
        "case": view,
        "draft": draft,
        "back": page,
    }
    return sent or render(request, "casework/meeting_hold.html", told, status=status_of(form))


def _hold(form: HoldingForm, case: UUID, request: StaffRequest) -> None:
    by = request.actor
    hold_meeting(case=case, held=form.held(), by=by, basis=own_basis(by.own_branch))


@needs(Permission.CASE_WORK)
def feedback(request: StaffRequest, case: UUID) -> HttpResponse:
    """Write down that one guardian has had the answer after the meeting."""
    by, basis = request.actor, own_basis(request.actor.own_branch)
    view, page = lead_view(case, Step.GIVE_FEEDBACK, by=by, basis=basis), reverse("case", args=[case])
    due = [clock.due_on for clock in view.clocks if clock.code is ClockCode.FEEDBACK]
    if not due:
        raise NoFeedbackDue
    waiting = [(one.guardian_ref, one.name) for one in view.guardians if not one.has_feedback]
    form = FeedbackForm(request.POST or None, guardians=waiting)
    sent = send(request, form, lambda: _give(form, case, request), to=lambda _about: page)
    told = {"form": form, "case": view, "due_on": due[0], "letter": _letter(view), "back": page}
    return sent or render(request, "casework/feedback.html", told, status=status_of(form))


def _give(form: FeedbackForm, case: UUID, request: StaffRequest) -> None:
    by, told = request.actor, form.cleaned_data
    guardian, way = UUID(told["guardian"]), FeedbackWay(told["way"])
    give_feedback(case=case, guardian=guardian, way=way, by=by, basis=own_basis(by.own_branch))


def _letter(view: CaseView) -> tuple[str, str] | None:
    """Give the decision and the line of the last meeting where the own branch wrote it."""
    held = [one for one in view.meetings if one.decision is not None and one.line]
    return (held[0].decision.label, held[0].line) if held and held[0].decision else None
