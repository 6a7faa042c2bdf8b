"""Mapping and plan as pages: parse, one action or read, render."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from hlt_identity.errors import NotFound, Stale
from hlt_identity.roles import Permission, needs
from hlt_tenants.audit import instant
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.reads.case import CaseView, lead_view, seated_view
from hlt_tenants.casework.rules import State, Step, may_step
from hlt_tenants.drafts.sending import Writing, keeps, send, written
from hlt_tenants.plans.actions.mapping import WRITABLE, write_cell
from hlt_tenants.plans.actions.plans import agree_plan, change_plan
from hlt_tenants.plans.codes import Domain
from hlt_tenants.plans.forms import CellForm, PlanSheet
from hlt_tenants.plans.next_version import fields_of
from hlt_tenants.plans.reads import Cell, ShownPlan, newest_plan
from hlt_tenants.plans.reads import mapping as read_mapping
from hlt_tenants.plans.reads import plan as read_plan
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import status_of
from hlt_tenants.registry.requests import StaffRequest


@dataclass(frozen=True, slots=True)
class Group:
    """One domain of the mapping with its five questions."""

    label: str
    cells: tuple[Cell, ...]


@needs(Permission.CASE_WORK)
def mapping(request: StaffRequest, case: UUID) -> HttpResponse:
    """Show the own branch's fifteen questions, written or not."""
    by = request.actor
    view = _view(request, case)
    cells = read_mapping(case, by=by, basis=own_basis(by.own_branch))
    groups = [Group(domain.label, tuple(cell for cell in cells if cell.domain is domain)) for domain in Domain]
    own = branch_name(by.own_branch)
    told = {"case": case, "groups": groups, "own_branch": own, "may_write": view.state in WRITABLE}
    return render(request, "plans/mapping.html", told)


def _view(request: StaffRequest, case: UUID) -> CaseView:
    return seated_view(case, by=request.actor, basis=own_basis(request.actor.own_branch))


@needs(Permission.CASE_WORK)
def mapping_write(request: StaffRequest, case: UUID, domain: str, kind: str) -> HttpResponse:
    """Write one answer; when a colleague saved first, both texts are shown and nothing is lost."""
    by = request.actor
    _view(request, case)
    cell = _cell(read_mapping(case, by=by, basis=own_basis(by.own_branch)), domain, kind)
    form = CellForm(request.POST or None, initial={"text": cell.text, "version": cell.version})
    told = {"form": form, "domain": cell.domain, "kind": cell.kind, "back": reverse("mapping", args=[case])}
    try:
        sent = send(request, form, lambda: _write(form, case, cell, request), to=lambda _about: str(told["back"]))
    except Stale:
        return _both_texts(request, told, form, cell)
    return sent or render(request, "plans/mapping_write.html", told, status=status_of(form))


def _cell(cells: tuple[Cell, ...], domain: str, kind: str) -> Cell:
    for cell in cells:
        if (cell.domain.value, cell.kind.value) == (domain, kind):
            return cell
    raise NotFound


def _write(form: CellForm, case: UUID, cell: Cell, request: StaffRequest) -> None:
    by, told = request.actor, form.cleaned_data
    write_cell(
        case=case,
        domain=cell.domain,
        kind=cell.kind,
        text=told["text"],
        version=told["version"],
        by=by,
        basis=own_basis(by.own_branch),
    )


def _both_texts(request: StaffRequest, told: dict[str, object], form: CellForm, cell: Cell) -> HttpResponse:
    mine = form.cleaned_data["text"]
    again = CellForm(initial={"text": mine, "version": cell.version})
    return render(
        request, "plans/mapping_write.html", {**told, "form": again, "mine": mine, "theirs": cell.text}, status=409
    )


@needs(Permission.CASE_WORK)
def plan(request: StaffRequest, case: UUID) -> HttpResponse:
    """Show the own branch's newest plan."""
    by = request.actor
    view, found = _view(request, case), read_plan(case, by=by, basis=own_basis(by.own_branch))
    may_write = view.is_lead and (may_step(Step.AGREE_PLAN, view.state) or may_step(Step.CHANGE_PLAN, view.state))
    url = reverse("plan-write", args=[case]) if may_write else ""
    told = {"plan": found, "write_url": url, "back": reverse("case", args=[case])}
    return render(request, "plans/plan.html", told)


@keeps("plan-write", "case")
@needs(Permission.CASE_WORK)
def plan_write(request: StaffRequest, case: UUID) -> HttpResponse:
    """Write the plan in the meeting; a row is added by an ordinary press and the new row has the focus."""
    by, page, writing = request.actor, reverse("case", args=[case]), Writing("plan-write", case)
    basis = own_basis(by.own_branch)
    view = lead_view(case, Step.AGREE_PLAN, Step.CHANGE_PLAN, by=by, basis=basis)
    draft, present = written(request, writing), newest_plan(case)
    add = request.POST.get("add", "")
    is_sent = request.method == "POST" and not add
    sheet = PlanSheet(request.POST or draft.fields or _begun(present), is_sent=is_sent, add=add)
    act = partial(_agree, sheet, case, request, is_first=view.state is State.MAPPING)
    sent = send(request, sheet, act, to=lambda _about: page, writing=writing) if is_sent else None
    told = {"form": sheet, "draft": draft, "present": present, "back": page}
    return sent or render(request, "plans/plan_write.html", told, status=status_of(sheet))


def _begun(present: ShownPlan | None) -> QueryDict:
    return fields_of(present, instant.today()) if present else QueryDict()


def _agree(sheet: PlanSheet, case: UUID, request: StaffRequest, *, is_first: bool) -> None:
    by, act = request.actor, agree_plan if is_first else change_plan
    act(case=case, plan=sheet.new_plan(), by=by, basis=own_basis(by.own_branch))
