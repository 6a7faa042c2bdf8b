"""The team as its own kommun sees it, and the administration that lets people in: staff and telephones, no child."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst

from hlt_identity.errors import NotFound
from hlt_identity.roles import ROLES, Permission, needs
from hlt_tenants.audit import instant
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import status_of
from hlt_tenants.registry.requests import StaffRequest
from hlt_tenants.teams.actions import end_hat, give_hat
from hlt_tenants.teams.administration import as_administration
from hlt_tenants.teams.errors import HatGivenAlready
from hlt_tenants.teams.forms import HatForm
from hlt_tenants.teams.reads import (
    Ended,
    Member,
    Worn,
    ended_hats,
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
    return f"{capfirst(member.profession)}, {member.unit}. {branch_name(member.branch)}."


@needs(Permission.TEAM_ADMINISTER)
def staff(request: StaffRequest) -> HttpResponse:
    """List who asks to be let in, who has a hat, and who had one lately."""
    today, own = instant.today(), request.actor.person_id
    with as_administration(request.actor):
        told = {
            "own": own,
            "waiting": waiting(today),
            "rows": [(worn, _worn(worn)) for worn in worn_hats(today)],
            "ended": [(hat, _ended(hat)) for hat in ended_hats(today, besides=own)],
        }
        return render(request, "teams/staff.html", told)


def _worn(worn: Worn) -> str:
    until = f" Till {worn.ends_on}." if worn.ends_on else ""
    return f"{ROLES[worn.role].name}, {worn.unit}. {branch_name(worn.branch)}.{until}"


def _ended(hat: Ended) -> str:
    return f"{ROLES[hat.role].name}, {hat.unit}. {branch_name(hat.branch)}. Slutade {hat.ended_on}."


@needs(Permission.TEAM_ADMINISTER)
def staff_let_in(request: StaffRequest, asked: UUID) -> HttpResponse:
    """Give a person who waits a hat from today."""
    with as_administration(request.actor):
        who = next((one for one in waiting(instant.today()) if one.request_id == asked), None)
        if who is None:
            return _done_before(request)
        form = HatForm(
            request.POST if request.method == "POST" else None,
            teams=teams(),
            is_regional=who.is_regional,
            initial={"name": who.name},
        )
        if form.is_valid():
            return _given(request, form, who.person_id)
        return render(request, "teams/let_in.html", {"form": form}, status=status_of(form))


@needs(Permission.TEAM_ADMINISTER)
def staff_again(request: StaffRequest, assignment: UUID) -> HttpResponse:
    """Give who had a hat a new one from today, written as the old one until somebody changes it."""
    with as_administration(request.actor):
        found = ended_hats(instant.today(), besides=request.actor.person_id)
        hat = next((one for one in found if one.assignment_id == assignment), None)
        if hat is None:
            return _done_before(request)
        form = HatForm(
            request.POST if request.method == "POST" else None,
            teams=teams(),
            is_regional=hat.is_regional,
            initial=_as_before(hat),
        )
        if form.is_valid():
            return _given(request, form, hat.person_id)
        told = {"form": form, "name": hat.name, "told": _ended(hat)}
        return render(request, "teams/new_hat.html", told, status=status_of(form))


def _as_before(hat: Ended) -> dict[str, str]:
    return {
        "name": hat.name,
        "team": str(hat.team_id),
        "branch": hat.branch,
        "unit": hat.unit,
        "profession": hat.profession,
        "role": hat.role,
    }


def _given(request: StaffRequest, form: HatForm, person: UUID) -> HttpResponse:
    """Give the hat and show the list; a twin of this press that was faster has given it."""
    with suppress(HatGivenAlready):
        give_hat(team=UUID(form.cleaned_data["team"]), person=person, hat=form.hat(), by=request.actor)
    return redirect("staff")


def _done_before(request: StaffRequest) -> HttpResponse:
    """Lead a second press back to the list, where the hat stands; raise NotFound for who only looks."""
    if request.method != "POST":
        raise NotFound
    return redirect("staff")


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
