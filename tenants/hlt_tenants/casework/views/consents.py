"""The family's yes and no: asked, written down, taken back, and the case that opens when all have said yes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hlt_identity.errors import NotFound
from hlt_identity.roles import Permission, needs
from hlt_tenants.audit import instant
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.actions.consents import ask_consent, grant, record_answer, renew_consent, withdraw
from hlt_tenants.casework.forms.consent import AnswerForm, AskConsentForm, RenewSheet
from hlt_tenants.casework.reads.case import lead_view
from hlt_tenants.casework.reads.consents import consent_state
from hlt_tenants.casework.reads.signals import SignalView, lead_signal
from hlt_tenants.casework.rules import Step
from hlt_tenants.casework.views.start import TAKEN_BACK
from hlt_tenants.consent.codes import InfoCategory
from hlt_tenants.consent.reads import Asked
from hlt_tenants.consent.rules import LONGEST_DAYS, Answer
from hlt_tenants.consent.strength import strength_at
from hlt_tenants.drafts.sending import press, send
from hlt_tenants.registry.branches import BRANCHES, branch_name
from hlt_tenants.registry.forms import attempt, remembered, status_of
from hlt_tenants.registry.requests import StaffRequest

# The two buttons of the page that asks once more before a no.
SURE, CHANGE = "sure", "change"


@dataclass(frozen=True, slots=True)
class Seen:
    """One card of "Vem ser vad": a receiver, how strong its secrecy is, and what it would get."""

    branch: str
    strength: str
    categories: tuple[str, ...]


def who_sees(branches: Collection[str], categories: Collection[str]) -> tuple[Seen, ...]:
    """Give one card per chosen branch that exists; coordination is always among the categories."""
    chosen = tuple(one.label for one in InfoCategory if one in {InfoCategory.COORDINATION, *categories})
    known = [branch for branch in BRANCHES if branch in branches]
    return tuple(Seen(branch_name(one), strength_at(one, instant.today()).strength.label, chosen) for one in known)


@needs(Permission.CONSENT_HANDLE)
def ask(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Choose whom the family is asked to let in, see who would see what, and ask."""
    by, back = request.actor, reverse("signal", args=[signal])
    view = lead_signal(signal, Step.ASK_CONSENT, by=by, basis=own_basis(by.own_branch))
    others = [branch for branch in BRANCHES if branch != by.own_branch]
    is_preview = "preview" in request.POST
    form = AskConsentForm(request.POST or None, branches=others)
    sent = None if is_preview else send(request, form, lambda: _ask(form, signal, request), to=lambda _about: back)
    told = {
        "form": form,
        "guardians": [guardian.name for guardian in view.child.with_standing],
        "who_sees": who_sees(request.POST.getlist("to_branches"), request.POST.getlist("categories")),
        "preview_url": reverse("consent-preview", args=[signal]),
        "back": back,
    }
    return sent or render(request, "casework/consent_ask.html", told, status=200 if is_preview else status_of(form))


def _ask(form: AskConsentForm, signal: UUID, request: StaffRequest) -> None:
    by, told = request.actor, form.cleaned_data
    basis = own_basis(by.own_branch)
    ask_consent(signal=signal, to_branches=told["to_branches"], categories=told["categories"], by=by, basis=basis)


@require_POST
@needs(Permission.CONSENT_HANDLE)
def preview(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Give the cards for what is ticked right now; nothing is read and nothing is kept."""
    cards = who_sees(request.POST.getlist("to_branches"), request.POST.getlist("categories"))
    return render(request, "casework/parts/who_sees.html", {"who_sees": cards})


@needs(Permission.CONSENT_HANDLE)
def answer(request: StaffRequest, signal: UUID, guardian: UUID) -> HttpResponse:
    """Write down what one guardian said, on paper or aloud."""
    by, back = request.actor, reverse("signal", args=[signal])
    view = lead_signal(signal, Step.RECORD_ANSWER, by=by, basis=own_basis(by.own_branch))
    asked = _asked(view, guardian)
    form = _answer_form(request, view)
    told = {
        "form": form,
        "guardian": next(one.name for one in view.child.guardians if one.guardian_id == guardian),
        "branches": [branch_name(branch) for branch in asked.to_branches],
        "back": back,
    }
    is_last_look = form.data.get("answer") == Answer.NO and SURE not in request.POST
    if is_last_look and attempt(form, lambda: form.check(asked.form_version)):
        return _check_no(request, form, told)
    act = partial(_answer, form, signal, asked, request)
    sent = None if is_last_look else send(request, form, act, to=lambda _about: back)
    return sent or render(request, "casework/consent_answer.html", told, status=status_of(form))


def _answer_form(request: StaffRequest, view: SignalView) -> AnswerForm:
    """Give the form as it was sent; who wants to change something finds what was filled in."""
    until = instant.today() + timedelta(days=LONGEST_DAYS)
    first = {"valid_until": until, "language": view.child.language, **remembered(AnswerForm, request.POST)}
    return AnswerForm(None if CHANGE in request.POST else request.POST or None, initial=first)


def _check_no(request: StaffRequest, form: AnswerForm, told: dict[str, object]) -> HttpResponse:
    """Say what a no does before it is written down: it ends the signal for good."""
    rows = form.told(without="valid_until")
    hidden = [(name, request.POST[name]) for name in form.fields if name in request.POST]
    return render(request, "casework/consent_answer_check.html", {**told, "rows": rows, "hidden": hidden})


def _asked(view: SignalView, guardian: UUID) -> Asked:
    for one in view.asked:
        if one.guardian_id == guardian:
            return one
    raise NotFound


def _answer(form: AnswerForm, signal: UUID, asked: Asked, request: StaffRequest) -> None:
    by, said = request.actor, form.new_answer(asked.form_version)
    record_answer(signal=signal, guardian=asked.guardian_id, answer=said, by=by, basis=own_basis(by.own_branch))


@require_POST
@needs(Permission.CONSENT_HANDLE)
def open_case(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Open the shared case once everybody has said yes; the signal's address then leads to it."""
    by = request.actor
    act = reverse("signal", args=[signal])
    return press(request, lambda: grant(signal=signal, by=by, basis=own_basis(by.own_branch)), to=act)


@needs(Permission.CONSENT_HANDLE)
def take_back(request: StaffRequest, case: UUID, consent: UUID) -> HttpResponse:
    """Say first what a withdrawal does, then do it: it holds from that commit (L-05)."""
    by, basis = request.actor, own_basis(request.actor.own_branch)
    if request.method == "POST":
        home = f"{reverse('start')}?{TAKEN_BACK}"
        return press(request, lambda: withdraw(consent=consent, by=by, basis=basis), to=home)
    named = {row.guardian_ref: row.name for row in consent_state(case, by=by, basis=basis)}
    if consent not in named:
        raise NotFound
    told = {"guardian": named[consent], "back": reverse("case", args=[case])}
    return render(request, "casework/consent_withdraw.html", told)


@needs(Permission.CONSENT_HANDLE)
def renew(request: StaffRequest, case: UUID) -> HttpResponse:
    """Let a resting case go on where it was, once every guardian has said yes again."""
    by, basis = request.actor, own_basis(request.actor.own_branch)
    lead_view(case, Step.RENEW_CONSENT, by=by, basis=basis)
    guardians = [(row.guardian_ref, row.name) for row in consent_state(case, by=by, basis=basis)]
    until = instant.today() + timedelta(days=LONGEST_DAYS)
    sheet = RenewSheet(request.POST or None, guardians=guardians, until=until)
    page = reverse("case", args=[case])
    act = partial(_renew, sheet, case, request)
    told = {"form": sheet, "back": page}
    sent = send(request, sheet, act, to=lambda _about: page)
    return sent or render(request, "casework/consent_renew.html", told, status=status_of(sheet))


def _renew(sheet: RenewSheet, case: UUID, request: StaffRequest) -> None:
    by = request.actor
    renew_consent(case=case, answers=sheet.new_answers(), by=by, basis=own_basis(by.own_branch))
