"""The team as its own kommun sees it, and the administration that lets people in: staff and telephones, no child."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from hlt_identity.errors import NotFound
from hlt_identity.roles import ROLES, Permission, needs
from hlt_tenants.audit import instant
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import status_of
from hlt_tenants.registry.requests import StaffRequest
from hlt_tenants.teams.actions import end_hat, give_hat
from hlt_tenants.teams.administration import as_administration
from hlt_tenants.teams.forms import HatForm
from hlt_tenants.teams.reads import (
    Member,
    Waiting,
    Worn,
    members_of,
    team_name,
    team_of,
    team_phone,
    teams,
    waiting,
    worn_hats,
)


@needs(Permission.PROFILE_VIEW)
def team(request: StaffRequest) -> HttpResponse:
    """List who sits in the team today."""
    own = team_of(request.actor.assignment_id)
    told = {
        "name": team_name(own),
        "phone": team_phone(request.actor.assignment_id),
        "rows": [(member, _told(member)) for member in members_of(own, instant.today())],
    }
    return render(request, "teams/team.html", told)


def _told(member: Member) -> str:
    return f"{member.profession.capitalize()}, {member.unit}. {branch_name(member.branch)}."


@needs(Permission.TEAM_ADMINISTER)
def staff(request: StaffRequest) -> HttpResponse:
    """List who asks to be let in, and who has a hat."""
    today = instant.today()
    with as_administration(request.actor):
        told = {"waiting": waiting(today), "rows": [(worn, _worn(worn)) for worn in worn_hats(today)]}
        return render(request, "teams/staff.html", told)


def _worn(worn: Worn) -> str:
    until = f" Till {worn.ends_on}." if worn.ends_on else ""
    return f"{ROLES[worn.role].name}, {worn.unit}. {branch_name(worn.branch)}.{until}"


@needs(Permission.TEAM_ADMINISTER)
def staff_let_in(request: StaffRequest, asked: UUID) -> HttpResponse:
    """Give a person who waits a hat from today."""
    with as_administration(request.actor):
        who = _waiting(asked)
        form = HatForm(
            request.POST if request.method == "POST" else None,
            teams=teams(),
            is_regional=who.is_regional,
            initial={"name": who.name},
        )
        if form.is_valid():
            team = UUID(form.cleaned_data["team"])
            give_hat(team=team, person=who.person_id, hat=form.hat(), by=request.actor)
            return redirect("staff")
        return render(request, "teams/let_in.html", {"form": form, "who": who}, status=status_of(form))


def _waiting(asked: UUID) -> Waiting:
    found = [who for who in waiting(instant.today()) if who.request_id == asked]
    if not found:
        raise NotFound
    return found[0]


@needs(Permission.TEAM_ADMINISTER)
def staff_end(request: StaffRequest, assignment: UUID) -> HttpResponse:
    """Ask first, then end a hat today: its session is refused at the next press."""
    today = instant.today()
    with as_administration(request.actor):
        worn = next((one for one in worn_hats(today) if one.assignment_id == assignment), None)
        if worn is None:
            raise NotFound
        if request.method != "POST":
            return render(request, "teams/end_hat.html", {"told": _worn(worn), "name": worn.name})
        end_hat(assignment=assignment, ends_on=today, by=request.actor)
        return redirect("staff")
