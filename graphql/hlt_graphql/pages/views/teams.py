"""Team: how to reach every kommun's team, in the order of the Swedish alphabet."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.rules import swedish
from hlt_graphql.releases.places import municipalities
from hlt_graphql.resources.reads import TeamContact, teams
from hlt_identity.roles import Permission, needs


@dataclass(frozen=True, slots=True)
class Reach:
    """A team in words."""

    name: str
    age_span: str
    phone: str
    email: str
    areas: tuple[str, ...]
    meets_every: str
    filled: str
    vacant: str


@dataclass(frozen=True, slots=True)
class Kommun:
    """A kommun and its teams."""

    code: str
    name: str
    teams: tuple[Reach, ...]


@needs(Permission.LIBRARY_VIEW)
def teams_page(request: RegionRequest) -> HttpResponse:
    known = teams()
    kommuner = [
        Kommun(place.kommunkod, place.name, tuple(_reach(team) for team in known if team.kommunkod == place.kommunkod))
        for place in sorted(municipalities(), key=lambda place: swedish(place.name))
    ]
    told = {"kommuner": [k for k in kommuner if k.teams], "without": [k.name for k in kommuner if not k.teams]}
    return render(request, "pages/teams.html", told)


def _reach(team: TeamContact) -> Reach:
    filled = ", ".join(profession.label for profession, is_filled in team.covered if is_filled) or "inga angivna"
    vacant = ", ".join(profession.label for profession, is_filled in team.covered if not is_filled)
    words = (team.name, team.age_span, team.phone, team.email, team.areas, team.meets_every)
    return Reach(*words, filled, vacant)
