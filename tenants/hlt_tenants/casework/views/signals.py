"""The early signal: written, received and answered inside one branch."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hlt_identity.roles import Permission, needs
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.actions.signals import answer_signal, raise_signal, take_up
from hlt_tenants.casework.codes import SignalAnswer
from hlt_tenants.casework.forms.signal import SignalAnswerForm, SignalForm
from hlt_tenants.casework.reads.signals import SignalView, lead_signal, signal_view
from hlt_tenants.casework.rules import OPEN, Step, may_step
from hlt_tenants.casework.views.shown import Link, NextCard, next_card, seven_steps
from hlt_tenants.casework.views.start import SENT
from hlt_tenants.consent.reads import Asked
from hlt_tenants.consent.rules import Answer
from hlt_tenants.drafts.sending import Writing, keep, keeps, press, send, written
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import remembered, status_of
from hlt_tenants.registry.requests import StaffRequest

NEW = Writing("signal-new")


@keeps("signal-new")
@needs(Permission.SIGNAL_RAISE)
def new(request: StaffRequest) -> HttpResponse:
    """One page: the child, what was seen, that the family knows. Sent = the own branch's team sees it."""
    if "not_told" in request.POST:
        keep(request, NEW, request.actor)
        return render(request, "casework/not_told.html", status=409)
    draft = written(request, NEW)
    form = SignalForm(request.POST or None, initial=remembered(SignalForm, draft.fields))
    home = f"{reverse('start')}?{SENT}"
    sent = send(request, form, lambda: _raise(form, request), to=lambda _signal: home, writing=NEW)
    told = {"form": form, "draft": draft}
    return sent or render(request, "casework/signal_new.html", told, status=status_of(form))


def _raise(form: SignalForm, request: StaffRequest) -> UUID:
    by = request.actor
    return raise_signal(form.signal(), by=by, basis=own_basis(by.own_branch))


@needs(Permission.SIGNAL_HANDLE)
def signal(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Show a signal of the own branch with its one next step; once the case is open, the case page has it all."""
    by = request.actor
    view = signal_view(signal, by=by, basis=own_basis(by.own_branch))
    if view.case_id is not None:
        return redirect("case", view.case_id)
    told = {
        "signal": view,
        "steps": seven_steps(1 if may_step(Step.TAKE_UP, view.state) else 2),
        "next": _next(view),
        "asked": answers(view),
        "is_awaited": view.state in OPEN,
        "own_branch": branch_name(by.own_branch),
    }
    return render(request, "casework/signal.html", told)


def _next(view: SignalView) -> NextCard:
    """Give the next step; to write an answer down leads to the first guardian who has not answered."""
    card = next_card(view.next_step, view.signal_id, _quieter(view))
    silent = [one.guardian_id for one in view.asked if one.answer is Answer.ASKED]
    if view.next_step.step is not Step.RECORD_ANSWER or not silent:
        return card
    return replace(card, url=reverse("consent-answer", args=[view.signal_id, silent[0]]))


def _quieter(view: SignalView) -> tuple[Link, ...]:
    may_answer = view.is_lead and view.is_taken_up and may_step(Step.ANSWER_SIGNAL, view.state)
    return (Link(reverse("signal-answer", args=[view.signal_id]), "Det blir inget HLT-ärende"),) if may_answer else ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One guardian on the page: what was said, and where to write it down or take it back."""

    name: str
    state: str
    color: str
    told: str
    answer_url: str
    answer_label: str


def answers(view: SignalView) -> tuple[AnswerRow, ...]:
    """Give one row per guardian who was asked, by name: all are asked in one moment, which orders nothing."""
    names = {guardian.guardian_id: guardian.name for guardian in view.child.guardians}
    by_name = sorted(view.asked, key=lambda one: list(names).index(one.guardian_id))
    may_write = view.is_lead and may_step(Step.RECORD_ANSWER, view.state)
    return tuple(_answer_row(view.signal_id, one, names[one.guardian_id], may_write) for one in by_name)


def _answer_row(signal: UUID, asked: Asked, name: str, may_write: bool) -> AnswerRow:
    state, color = _said(asked)
    is_yes = asked.answer is Answer.YES and not asked.is_withdrawn
    return AnswerRow(
        name=name,
        state=state,
        color=color,
        told=f"Gäller till {asked.valid_until}" if is_yes else "",
        answer_url=reverse("consent-answer", args=[signal, asked.guardian_id]) if may_write else "",
        answer_label="Skriv in svar" if asked.answer is Answer.ASKED else "Ändra svar",
    )


def _said(asked: Asked) -> tuple[str, str]:
    if asked.is_withdrawn:
        return "Återkallat", "danger"
    words = {Answer.YES: ("Ja", "success"), Answer.NO: ("Nej", "danger"), Answer.ASKED: ("Väntar på svar", "warning")}
    return words[asked.answer]


@require_POST
@needs(Permission.SIGNAL_HANDLE)
def receive(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Take the signal up: who presses becomes the lead."""
    by, page = request.actor, reverse("signal", args=[signal])
    return press(request, lambda: take_up(signal=signal, by=by, basis=own_basis(by.own_branch)), to=page)


@needs(Permission.SIGNAL_HANDLE)
def answer(request: StaffRequest, signal: UUID) -> HttpResponse:
    """End the signal without a case, in one of three words."""
    by = request.actor
    lead_signal(signal, Step.ANSWER_SIGNAL, by=by, basis=own_basis(by.own_branch))
    form = SignalAnswerForm(request.POST or None)
    sent = send(request, form, lambda: _answer(form, signal, request), to=lambda _about: reverse("start"))
    told = {"form": form, "back": reverse("signal", args=[signal])}
    return sent or render(request, "casework/signal_answer.html", told, status=status_of(form))


def _answer(form: SignalAnswerForm, signal: UUID, request: StaffRequest) -> None:
    by, chosen = request.actor, SignalAnswer(form.cleaned_data["answer"])
    answer_signal(signal=signal, answer=chosen, by=by, basis=own_basis(by.own_branch))
