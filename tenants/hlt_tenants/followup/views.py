"""Follow-up and the end of a case (S7): one page each, and a last look before anything ends."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hlt_identity.roles import Permission, needs
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.reads.case import lead_view
from hlt_tenants.casework.rules import Step
from hlt_tenants.drafts.sending import Writing, keep, keeps, send, written
from hlt_tenants.followup.actions.closing import begin_close, close
from hlt_tenants.followup.actions.reviews import review as look_again
from hlt_tenants.followup.codes import CloseReason
from hlt_tenants.followup.forms import BeginCloseForm, CloseForm, ReviewForm
from hlt_tenants.followup.reads import reason_begun_with
from hlt_tenants.plans.errors import PlanElsewhere
from hlt_tenants.plans.reads import plan as read_plan
from hlt_tenants.registry.forms import remembered, status_of
from hlt_tenants.registry.requests import StaffRequest


@keeps("review", "case")
@needs(Permission.CASE_WORK)
def review(request: StaffRequest, case: UUID) -> HttpResponse:
    """Look at the plan again with the family, on one page."""
    by, page, writing = request.actor, reverse("case", args=[case]), Writing("review", case)
    basis = own_basis(by.own_branch)
    lead_view(case, Step.REVIEW, by=by, basis=basis)
    plan = read_plan(case, by=by, basis=basis)
    if plan is None:
        raise PlanElsewhere
    draft = written(request, writing)
    form = ReviewForm(request.POST or None, plan=plan, initial=remembered(ReviewForm, draft.fields))
    sent = send(request, form, lambda: _review(form, case, request), to=lambda _about: page, writing=writing)
    told = {"form": form, "draft": draft, "back": page}
    return sent or render(request, "followup/review.html", told, status=status_of(form))


def _review(form: ReviewForm, case: UUID, request: StaffRequest) -> None:
    by = request.actor
    look_again(case=case, review=form.review(), by=by, basis=own_basis(by.own_branch))


@needs(Permission.CASE_WORK)
def begin(request: StaffRequest, case: UUID) -> HttpResponse:
    """Say why the case is to end; two weeks remain to do it well."""
    by, page = request.actor, reverse("case", args=[case])
    lead_view(case, Step.BEGIN_CLOSE, by=by, basis=own_basis(by.own_branch))
    form = BeginCloseForm(request.POST or None)
    onward = reverse("case-close", args=[case])
    sent = send(request, form, lambda: _begin(form, case, request), to=lambda _about: onward)
    return sent or render(request, "followup/close_begin.html", {"form": form, "back": page}, status=status_of(form))


def _begin(form: BeginCloseForm, case: UUID, request: StaffRequest) -> None:
    by, reason = request.actor, CloseReason(form.cleaned_data["reason"])
    begin_close(case=case, reason=reason, by=by, basis=own_basis(by.own_branch))


@keeps("case-close", "case")
@needs(Permission.CASE_WORK)
def end(request: StaffRequest, case: UUID) -> HttpResponse:
    """Ask how it became, and show every answer once more before it is final."""
    writing = Writing("case-close", case)
    draft = written(request, writing)
    form = _closing(request, case, {"reason": reason_begun_with(case), **remembered(CloseForm, draft.fields)})
    told = {"form": form, "back": reverse("case", args=[case])}
    if request.method == "POST" and form.is_valid():
        keep(request, writing, request.actor)
        return _check(request, form, writing)
    return render(request, "followup/close.html", {**told, "draft": draft}, status=status_of(form))


def _check(request: StaffRequest, form: CloseForm, writing: Writing) -> HttpResponse:
    """Show every answer once more; who wants to change one finds them all in the form."""
    told = {
        "rows": form.told(),
        "hidden": [(name, value) for name in form.fields for value in request.POST.getlist(name)],
        "back": writing.page,
        "case": writing.about,
    }
    return render(request, "followup/close_check.html", told)


def _closing(request: StaffRequest, case: UUID, first: dict[str, object]) -> CloseForm:
    by, basis = request.actor, own_basis(request.actor.own_branch)
    lead_view(case, Step.CLOSE, by=by, basis=basis)
    plan = read_plan(case, by=by, basis=basis)
    return CloseForm(request.POST or None, plan=plan, initial=first)


@require_POST
@keeps("case-close", "case")
@needs(Permission.CASE_WORK)
def end_now(request: StaffRequest, case: UUID) -> HttpResponse:
    """End the case; from the next request it can only be read."""
    form, page, writing = _closing(request, case, {}), reverse("case", args=[case]), Writing("case-close", case)
    sent = send(request, form, lambda: _end(form, case, request), to=lambda _about: page, writing=writing)
    if sent is not None:
        return sent
    return render(request, "followup/close.html", {"form": form, "back": page}, status=status_of(form))


def _end(form: CloseForm, case: UUID, request: StaffRequest) -> None:
    by = request.actor
    close(case=case, closure=form.closure(), by=by, basis=own_basis(by.own_branch))
