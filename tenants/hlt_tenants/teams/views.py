"""The team as its own kommun sees it: colleagues and a telephone, no child."""

from django.http import HttpResponse
from django.shortcuts import render

from hlt_identity.roles import Permission, needs
from hlt_tenants.audit import instant
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.requests import StaffRequest
from hlt_tenants.teams.reads import Member, members_of, team_name, team_of, team_phone


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
