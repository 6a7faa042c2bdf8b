"""Släpp: build, review, approve as another person, publish, take back; each outward step is one look and one POST."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hlt_graphql.intake.errors import CountsChanged, CountsDoNotAdd, EarlierCountsMissing
from hlt_graphql.pages.asking import Ask
from hlt_graphql.pages.forms import DigestForm, PeriodForm, ReasonForm
from hlt_graphql.pages.reads import published
from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.rules import CANDIDATE_STATES, VIEWS, cell_text, period_words, swedish, table_words
from hlt_graphql.releases.actions import approve_release, publish_release, withdraw_release
from hlt_graphql.releases.asking import Unbuilt, ask_build, unbuilt_requests
from hlt_graphql.releases.candidates import CandidateFacts, candidate_of, waiting_candidates
from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.errors import AlreadyReleased, CandidateUnknown, DigestDiffers, NothingDelivered
from hlt_graphql.releases.places import name_of
from hlt_graphql.releases.rules import CandidateState, PlaceLevel
from hlt_graphql.releases.tables import MEMBERS, TABLES
from hlt_identity.door import Actor
from hlt_identity.errors import HltError, NotAllowed
from hlt_identity.roles import Permission, may, needs

# What somebody may still decide on.
WAITING = frozenset({CandidateState.ATTACKED, CandidateState.APPROVED})
WHY_NOT_BUILT: dict[str, type[HltError]] = {
    known.code: known
    for known in (
        NothingDelivered,
        AlreadyReleased,
        CountsChanged,
        CountsDoNotAdd,
        EarlierCountsMissing,
        NotAllowed,
    )
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary list, or of a task list."""

    key: str = ""
    value: str = ""
    url: str = ""
    title: str = ""
    hint: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A cell of a candidate as it would be published."""

    place_name: str
    group: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """One table of a candidate."""

    words: str
    shown: int
    total: int
    cells: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a request for a build, as the timeline shows it."""

    at: datetime
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A candidate in words."""

    candidate_id: UUID
    words: str
    digest: str
    findings: int
    state_words: str


@needs(Permission.FIGURES_VIEW)
@require_GET
def releases_page(request: RegionRequest, ask: Ask) -> HttpResponse:
    return _list(request, ask, PeriodForm(), 200)


@needs(Permission.RELEASE_BUILD)
@require_POST
def release_build(request: RegionRequest, ask: Ask) -> HttpResponse:
    """Ask for a build: the login that builds is no person's, and no page waits for a solver."""
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _list(request, ask, form, 422)
    ask_build(form.cleaned_data["period"], by=request.actor)
    return HttpResponseRedirect(f"{reverse('releases')}?begart=1")


@needs(Permission.RELEASE_BUILD)
@require_GET
def release_candidate(request: RegionRequest, candidate: UUID) -> HttpResponse:
    """Show everything that two persons decide on: every cell, the attack's report, the fingerprint."""
    actor = request.actor
    facts, cells = candidate_of(candidate, by=actor)
    step, why_not = next_step(facts, actor)
    shown = sum(cell.is_shown for cell in cells)
    told = {
        "candidate": _looked(facts),
        "rows": tuple(_rows(facts, actor)),
        "counted": {"shown": shown, "hidden": sum(cell.status == "PROTECTED" for cell in cells)},
        "tables": tuple(previews(cells)),
        "step": step,
        "waits": facts.state in WAITING,
        "why_not": why_not,
        "back": reverse("releases"),
    }
    return render(request, "pages/candidate.html", told)


@needs(Permission.RELEASE_APPROVE)
@require_POST
def release_approve(request: RegionRequest, candidate: UUID) -> HttpResponse:
    """Approve exactly what was looked at; raises SecondPersonNeeded for who asked for the build."""
    approve_release(candidate=candidate, expected_digest=_digest(request), by=request.actor)
    return HttpResponseRedirect(reverse("release-candidate", args=[candidate]))


@needs(Permission.RELEASE_APPROVE)
@require_POST
def release_publish(request: RegionRequest, candidate: UUID) -> HttpResponse:
    publish_release(candidate=candidate, expected_digest=_digest(request), by=request.actor)
    return HttpResponseRedirect(reverse("releases"))


@needs(Permission.RELEASE_APPROVE)
def release_withdraw(request: RegionRequest, ask: Ask, release: UUID) -> HttpResponse:
    """Ask why, then hide the release's values; a second POST changes nothing."""
    links = published(ask, request).releases
    link = next((link for link in links if link.release_id == str(release)), None)
    if link is None:
        raise CandidateUnknown
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_release(release=release, reason=form.cleaned_data["reason"], by=request.actor)
        return HttpResponseRedirect(reverse("releases"))
    told = {"form": form, "link": link, "back": reverse("releases")}
    return render(request, "pages/withdraw.html", told, status=422 if request.method == "POST" else 200)


def next_step(facts: CandidateFacts, actor: Actor) -> tuple[str, str]:
    """Give the one step this person may take now, or in a sentence why there is none; the database decides again."""
    if facts.state not in WAITING | {CandidateState.FAILED}:
        return "", "Inget mer går att göra med det här släppet."
    if facts.findings:
        return "", "Angreppet hittade ett sätt att räkna ut ett dolt tal. Släppet kan inte godkännas, bygg ett nytt."
    if not may(actor, Permission.RELEASE_APPROVE):
        return "", "En utgivare granskar och godkänner. Du behöver inte göra något mer."
    if facts.state is CandidateState.APPROVED:
        return "publish", ""
    if facts.built_by == actor.person_id:
        return "", "Du startade bygget. En annan utgivare måste granska och godkänna."
    return "approve", ""


def previews(cells: Sequence[PublishedCell]) -> Iterator[Preview]:
    """Give each table with its cells, places in Swedish order."""
    for table in TABLES:
        mine = [cell for cell in cells if cell.table_code == table.code]
        if mine:
            seen = sorted(map(_seen, mine), key=lambda cell: (swedish(cell.place_name), cell.group))
            words = table_words(table.level.name, table.period.name, [part.name for part in table.group_by])
            yield Preview(words, sum(cell.is_shown for cell in mine), len(mine), tuple(seen))


def _seen(cell: PublishedCell) -> Seen:
    members = {code: label for known in MEMBERS.values() for code, label in known.items()}
    codes = [part.partition("=")[2] for part in cell.coordinates.split(";") if part]
    text = cell_text(cell.status, cell.value, cell.low, cell.high)
    return Seen(name_of(cell.place_level, cell.place), ", ".join(members[code] for code in codes), text)


def _rows(facts: CandidateFacts, actor: Actor) -> Iterator[Row]:
    yield Row("Läge", CANDIDATE_STATES[facts.state])
    yield Row(
        "Byggt", f"{facts.built_at:%Y-%m-%d}, {'av dig' if facts.built_by == actor.person_id else 'av någon annan'}"
    )
    yield Row("Angreppet hittade", "ingenting" if not facts.findings else f"{facts.findings} tal som gick att räkna ut")
    yield Row("Angripet som", ", ".join(_view(str(view)) for view in facts.report.get("views", ())) or "ingen")
    yield Row("Metod", str(facts.report.get("solver", "")))
    if facts.state in WAITING:
        yield Row("Ges ut senast", f"{facts.expires_at:%Y-%m-%d}")
    yield Row("Fingeravtryck", facts.digest)


def _view(code: str) -> str:
    """Say as whom the attack looked: an outsider, a kommun that knows its own cases, somebody who knows families."""
    return VIEWS[code] if code in VIEWS else name_of(PlaceLevel.MUNICIPALITY, code)


def _looked(facts: CandidateFacts) -> Looked:
    words = (period_words(facts.period), facts.digest, facts.findings, CANDIDATE_STATES[facts.state])
    return Looked(facts.candidate_id, *words)


def _list(request: RegionRequest, ask: Ask, form: PeriodForm, status: int) -> HttpResponse:
    actor = request.actor
    builds = may(actor, Permission.RELEASE_BUILD)
    told = {
        "known": published(ask, request),
        "form": form if builds else None,
        "candidates": tuple(tasks(actor)) if builds else (),
        "unbuilt": [event_of(one) for one in unbuilt_requests(by=actor)] if builds else [],
        "is_asked": builds and "begart" in request.GET,
        "may_withdraw": may(actor, Permission.RELEASE_APPROVE),
    }
    return render(request, "pages/releases.html", told, status=status)


def tasks(actor: Actor) -> Iterator[Row]:
    """Give the candidates on their way as a task list; nothing for who does not build."""
    if may(actor, Permission.RELEASE_BUILD):
        for facts in waiting_candidates(by=actor):
            url = reverse("release-candidate", args=[facts.candidate_id])
            hint = f"Byggt {facts.built_at:%Y-%m-%d}"
            yield Row(url=url, title=period_words(facts.period), hint=hint, tag=CANDIDATE_STATES[facts.state])


def event_of(unbuilt: Unbuilt) -> Event:
    """Say of a request that led to no release whether it waits, or why it was refused and what to do next."""
    words = period_words(unbuilt.period)
    if unbuilt.refusal is None:
        return Event(unbuilt.asked_at, f"{words}: byggs", "Det tar några minuter. Väntar det längre: be driften titta.")
    told = unbuilt.refusal
    known = WHY_NOT_BUILT.get(told["code"], HltError)
    about = _about(told["kommunkod"], told["period"]) if "kommunkod" in told and "period" in told else ""
    return Event(unbuilt.asked_at, f"{words}: byggdes inte", f"{known.sentence} {about}{known.next_step}")


def _about(kommunkod: str, period: str) -> str:
    return f"Det gäller {name_of(PlaceLevel.MUNICIPALITY, kommunkod)}, {period_words(period)}. "


def _digest(request: RegionRequest) -> str:
    form = DigestForm(request.POST)
    if not form.is_valid():
        raise DigestDiffers
    return str(form.cleaned_data["digest"])
