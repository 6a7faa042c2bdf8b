"""Kommunens siffror: a manager looks at what was counted and lets it go to the region (regional §3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_identity.roles import Permission, needs
from hlt_tenants.registry.requests import StaffRequest
from hlt_tenants.reporting.errors import CountsNotFrozen
from hlt_tenants.reporting.forms import SeenForm
from hlt_tenants.reporting.reads import FrozenBatch, FrozenFacts
from hlt_tenants.reporting.rules import Population, Sex

POPULATIONS = {Population.NEW: "Nya ärenden"}
GROUPS = {"": "Alla", f"sex={Sex.GIRL}": "Flickor", f"sex={Sex.BOY}": "Pojkar"}


class Administration(Protocol):
    """What wiring gives: the counts span all branches, so the kommun's admin login reads them for a manager."""

    def periods(self, kommunkod: str, *, by: Actor) -> Sequence[FrozenFacts]: ...
    def counts(self, kommunkod: str, period: str, *, by: Actor) -> FrozenBatch | None: ...
    def approve(self, kommunkod: str, period: str, *, seen_digest: str, by: Actor) -> None: ...
    def send_again(self, kommunkod: str, period: str, *, by: Actor) -> None: ...


@dataclass(frozen=True, slots=True)
class Task:
    """A period as the list shows it."""

    url: str
    title: str
    hint: str
    tag: str


@dataclass(frozen=True, slots=True)
class Row:
    """One true count in words."""

    what: str
    group: str
    cases: int
    children: int
    families: int


@needs(Permission.KOMMUN_FIGURES_VIEW)
@require_GET
def kommun_figures(request: StaffRequest, administration: Administration) -> HttpResponse:
    periods = administration.periods(request.kommun.kommunkod, by=request.actor)
    return render(request, "reporting/kommun_figures.html", {"tasks": [_task(facts) for facts in periods]})


@needs(Permission.KOMMUN_FIGURES_VIEW)
@require_GET
def kommun_figures_period(request: StaffRequest, administration: Administration, period: str) -> HttpResponse:
    """Show every count as it would leave, and the one button; raises NotFound for what was never frozen."""
    name = period_of(period)
    batch = administration.counts(request.kommun.kommunkod, name, by=request.actor)
    if batch is None:
        raise NotFound
    known = administration.periods(request.kommun.kommunkod, by=request.actor)
    told = {
        "period": words_of(name),
        "rows": [_row(batch, number) for number in range(len(batch.counts))],
        "digest": batch.digest,
        "is_approved": any(facts.period == name and facts.approved_at for facts in known),
        "is_sent": "skickas" in request.GET,
        "approve": reverse("kommun-figures-approve", args=[period]),
        "send": reverse("kommun-figures-send", args=[period]),
        "back": reverse("kommun-figures"),
    }
    return render(request, "reporting/kommun_figures_period.html", told)


@needs(Permission.KOMMUN_FIGURES_VIEW)
@require_POST
def kommun_figures_approve(request: StaffRequest, administration: Administration, period: str) -> HttpResponse:
    """Let exactly the counts that were looked at go; raises CountsNotFrozen when they are others."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise CountsNotFrozen
    seen = form.cleaned_data["digest"]
    administration.approve(request.kommun.kommunkod, period_of(period), seen_digest=seen, by=request.actor)
    return redirect("kommun-figures-period", period)


@needs(Permission.KOMMUN_FIGURES_VIEW)
@require_POST
def kommun_figures_send(request: StaffRequest, administration: Administration, period: str) -> HttpResponse:
    """Send what is approved once more; raises CountsNotFrozen when the period is not."""
    administration.send_again(request.kommun.kommunkod, period_of(period), by=request.actor)
    return redirect(f"{reverse('kommun-figures-period', args=[period])}?skickas=1")


def period_of(address: str) -> str:
    """Give a period from its form in addresses, where a block of years has a dash."""
    return address.replace("-", "/") if address.replace("-", "").isdigit() else address


def words_of(period: str) -> str:
    year, _, quarter = period.partition("-Q")
    return f"{year} kvartal {quarter}" if quarter else period.replace("/", "–")


def _task(facts: FrozenFacts) -> Task:
    url = reverse("kommun-figures-period", args=[facts.period.replace("/", "-")])
    tag = f"Godkänd {facts.approved_at:%Y-%m-%d}" if facts.approved_at else "Väntar på dig"
    return Task(url, words_of(facts.period), f"Räknad {facts.frozen_at:%Y-%m-%d}", tag)


def _row(batch: FrozenBatch, number: int) -> Row:
    count = batch.counts[number]
    what = POPULATIONS[Population(count.population)]
    return Row(what, GROUPS.get(count.coordinates, count.coordinates), count.n, count.persons, count.families)
