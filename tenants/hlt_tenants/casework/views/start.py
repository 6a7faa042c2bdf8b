"""The first page after sign-in, and the page on how to report that a child comes to harm."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hlt_identity.roles import Permission, check_may, may, needs
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.reads.day import my_day
from hlt_tenants.casework.reads.signals import own_receipts
from hlt_tenants.casework.views.shown import Link, child_rows, receipt_rows, shell_rows, task_rows
from hlt_tenants.drafts.reads import drafts_of
from hlt_tenants.registry.requests import StaffRequest
from hlt_tenants.teams.reads import team_phone

SENT, TAKEN_BACK = "lamnad", "aterkallat"
DONE = {
    SENT: "Signalen är lämnad. Bara din egen verksamhet ser den.",
    TAKEN_BACK: "Samtycket är återkallat. Inget mer lämnas ut.",
}


@needs(Permission.PROFILE_VIEW)
def start(request: StaffRequest) -> HttpResponse:
    """Show what waits for this person in this hat; whoever works with no child gets their own links."""
    by = request.actor
    told: dict[str, Any] = {"heading": "Start", "may_raise": may(by, Permission.SIGNAL_RAISE)}
    told["done"] = " ".join(words for name, words in DONE.items() if name in request.GET)
    if may(by, Permission.TASKS_VIEW):
        told |= _work(request)
    if told["may_raise"]:
        check_may(by, Permission.OWN_RECEIPTS_VIEW, at_second=request.received_at)
        told["drafts"] = len(drafts_of(by))
        told["receipts"] = () if may(by, Permission.TASKS_VIEW) else receipt_rows(own_receipts(by=by))
    else:
        told["links"] = [Link(reverse("team"), "Teamet", "Vilka som arbetar i HLT här, och hur du når dem.")]
    return render(request, "casework/start.html", told)


def _work(request: StaffRequest) -> dict[str, Any]:
    by = request.actor
    check_may(by, Permission.TASKS_VIEW, at_second=request.received_at)
    day = my_day(by=by, basis=own_basis(by.own_branch))
    return {
        "heading": "Mina ärenden",
        "may_work": True,
        "tasks": task_rows(day),
        "children": child_rows(day),
        "shells": shell_rows(day.shells),
    }


@needs(Permission.WELFARE_REPORT_FILE)
def welfare_report(request: StaffRequest) -> HttpResponse:
    """Say whom to ring. Reads no person, writes nothing, and no log tells who has looked (L-09)."""
    return render(request, "casework/welfare_report.html", {"phone": team_phone(request.actor.assignment_id)})
