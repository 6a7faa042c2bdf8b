"""Every kommun of the demo gets its teams and people, by the same acts as its administration uses."""

from collections.abc import Collection
from datetime import datetime, time
from uuid import UUID, uuid5

from hlt_platform.demo.acting import administrator
from hlt_platform.demo.people import NAMES
from hlt_platform.demo.staff import BEGAN_ON, Seat, seats, team_names
from hlt_tenants.audit import instant
from hlt_tenants.audit.instant import LOCAL
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.provision import KommunFacts, known_kommuner
from hlt_tenants.teams.actions import give_hat, make_team
from hlt_tenants.teams.reads import known_hats, team_name

SEED = 1
MEETS = "första tisdagen i månaden"


def fill_teams(seed: int = SEED) -> int:
    """Make the teams that are missing, with everybody in them, as on the day HLT began; give how many hats that were.

    A team that is there stays as its kommun has made it since.
    """
    everybody = seats(seed)
    return sum(fill_kommun(facts, everybody) for facts in known_kommuner())


def team_id(kommunkod: str, name: str) -> UUID:
    """Give the id of a team of the demo: the same in every stack."""
    return uuid5(NAMES, f"team/{kommunkod}/{name}")


def fill_kommun(facts: KommunFacts, everybody: Collection[Seat]) -> int:
    """Do the same for one kommun."""
    first_day = datetime.combine(BEGAN_ON, time(8), LOCAL)
    with instant.at(first_day), inside(Where(facts.kommunkod, "admin")):
        missing = [name for name in team_names(facts) if not team_name(team_id(facts.kommunkod, name))]
        for name in missing:
            _make(facts.kommunkod, name, [seat for seat in everybody if seat.team == name])
    return sum(seat.team in missing for seat in everybody)


def _make(kommunkod: str, name: str, members: Collection[Seat]) -> None:
    by, team = administrator(kommunkod), team_id(kommunkod, name)
    make_team(team=team, name=name, phone="", meets_every=MEETS, by=by)
    worn = known_hats([seat.assignment for seat in members])
    for seat in (seat for seat in members if seat.assignment not in worn):
        give_hat(team=team, person=seat.person, hat=seat.hat, by=by, assignment=seat.assignment)
