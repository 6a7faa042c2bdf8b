"""Two hundred invented people in twelve professions, in the teams of the 15 real kommuner (domain §1, F1)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from uuid import UUID, uuid5

from hlt_identity.roles import RoleCode
from hlt_platform.demo.people import CAST, NAMES, assignment_id, person_id
from hlt_tenants.registry.provision import KommunFacts, known_kommuner
from hlt_tenants.teams.rules import NewHat, Profession

BEGAN_ON = date(2020, 8, 17)
SIXTEN_LEFT_ON = date(2026, 11, 18)
TEAMS = {"2480": ("Centrum", "Ersboda", "Teg", "Holmsund"), "2482": ("Norra", "Södra", "Bureå")}
P, R = Profession, RoleCode
# Branch, unit, profession and role of the eight seats that a kommun fills in each team.
SEATS: tuple[tuple[str, str, Profession, RoleCode], ...] = (
    ("preschool", "Förskolan", P.PRESCHOOL_TEACHER, R.TEAM_MEMBER),
    ("school", "Grundskolan", P.TEACHER, R.TEAM_MEMBER),
    ("school", "Grundskolan", P.PRINCIPAL, R.MANAGER),
    ("pupil_health", "Centrala elevhälsan", P.SPECIAL_TEACHER, R.COORDINATOR),
    ("pupil_health", "Centrala elevhälsan", P.COUNSELLOR, R.TEAM_MEMBER),
    ("school_medical", "Elevhälsan", P.SCHOOL_NURSE, R.TEAM_MEMBER),
    ("social", "Familjeenheten", P.SOCIAL_WORKER, R.TEAM_MEMBER),
    ("social", "Familjeenheten", P.FAMILY_THERAPIST, R.TEAM_MEMBER),
)
CHIEF = ("social", "Socialtjänsten", P.MANAGER, R.MANAGER)
# How many of the region there are of each profession; every one works in a few neighbouring kommuner.
REGIONAL = {P.CHILD_HEALTH_NURSE: 10, P.PSYCHOLOGIST: 8, P.OCCUPATIONAL_THERAPIST: 5}
REGIONAL_UNITS = {
    P.CHILD_HEALTH_NURSE: "Barnavårdscentralen",
    P.PSYCHOLOGIST: "Barnhälsans psykologer",
    P.OCCUPATIONAL_THERAPIST: "Barn- och ungdomshabiliteringen",
}
FIRST = (
    "Anna Maria Elin Sara Lena Eva Karin Kristina Ingrid Birgitta Ulla Margareta Johanna Emma Ida Hanna Frida Linnéa "
    "Åsa Maja Inga Ristin Elle Laila Aino Leena Amina Fatima Leyla Hodan Selam Olena Erik Lars Karl Anders Johan Per "
    "Nils Jan Mikael Daniel Fredrik Peter Gustav Oskar Jonas Mattias Isak Nila Mikkel Antti Timo Ahmed Yusuf Dawit"
).split()
LAST = (
    "Andersson Johansson Lundström Nilsson Lindgren Sundqvist Burman Forsgren Hedman Åström Öberg Sjöström Norberg "
    "Wikström Marklund Stenvall Holmgren Lövgren Renström Grahn Fjällström Barruk Omma Kitok Stångberg Nutti Edlund "
    "Laestadius Virtanen Korhonen Mäkinen Hassan Ali Haddad Warsame Tesfay Kovalenko Bergdahl Engman Hägglund Boström"
).split()


@dataclass(frozen=True, slots=True)
class Seat:
    """One hat of one person in one team; `team` is the team's name inside the kommun."""

    kommunkod: str
    team: str
    person: UUID
    assignment: UUID
    hat: NewHat


def team_names(facts: KommunFacts) -> tuple[str, ...]:
    """Give the names of a kommun's teams: the two cities have one per district, the others one."""
    return tuple(f"HLT {facts.name} {part}" for part in TEAMS.get(facts.kommunkod, ())) or (f"HLT {facts.name}",)


def seats(seed: int) -> tuple[Seat, ...]:
    """Give every hat of the demo: the cast in the first seats that fit theirs, invented people in the others."""
    kommuner, dice = known_kommuner(), Random(seed)  # noqa: S311
    made = [*_of_kommuner(kommuner, dice), *_of_region(kommuner, dice)]
    for seat in _of_cast(kommuner):
        fits = [index for index, other in enumerate(made) if _place(other) == _place(seat) and not seat.hat.ends_on]
        made[fits[0] if fits else len(made) :] = [seat, *(made[fits[0] + 1 :] if fits else ())]
    return tuple(made)


def _place(seat: Seat) -> tuple[str, str, str, str]:
    return (seat.kommunkod, seat.hat.branch, seat.hat.profession, seat.hat.role)


def _of_kommuner(kommuner: tuple[KommunFacts, ...], dice: Random) -> Iterator[Seat]:
    for facts in kommuner:
        for number, team in enumerate(team_names(facts)):
            for place in (*SEATS, CHIEF) if number == 0 else SEATS:
                person = uuid5(NAMES, f"staff/{facts.kommunkod}/{team}/{place[0]}/{place[2]}")
                yield _seat(facts.kommunkod, team, person, (_name(dice), *place))


def _of_region(kommuner: tuple[KommunFacts, ...], dice: Random) -> Iterator[Seat]:
    """Give the region's people one after the other, each in the teams that lie next to each other in the list."""
    teams = [(facts.kommunkod, team) for facts in kommuner for team in team_names(facts)]
    for profession, count in REGIONAL.items():
        names = [_name(dice) for _ in range(count)]
        for number, (kommunkod, team) in enumerate(teams):
            who = number * count // len(teams)
            place = ("region_health", REGIONAL_UNITS[profession], profession, R.TEAM_MEMBER)
            person = uuid5(NAMES, f"staff/region/{profession}/{who}")
            yield _seat(kommunkod, team, person, (names[who], *place), is_regional=True)


def _of_cast(kommuner: tuple[KommunFacts, ...]) -> Iterator[Seat]:
    team = {facts.kommunkod: team_names(facts)[0] for facts in kommuner}
    for player, hat in ((who, hat) for who in CAST for hat in who.hats):
        if hat.kommun is not None and hat.branch is not None:
            place = (player.name, hat.branch, hat.unit, Profession(hat.profession), RoleCode(hat.role))
            ends_on = SIXTEN_LEFT_ON if hat.ended else None
            seat = _seat(hat.kommun, team[hat.kommun], person_id(player.user), place, player.idp == "region", ends_on)
            yield replace(seat, assignment=assignment_id(player.user, hat.kommun))


Named = tuple[str, str, str, Profession, RoleCode]


def _seat(
    kommunkod: str, team: str, person: UUID, named: Named, is_regional: bool = False, ends_on: date | None = None
) -> Seat:
    hat = NewHat(*named, starts_on=BEGAN_ON, ends_on=ends_on, is_regional=is_regional)
    return Seat(kommunkod, team, person, uuid5(NAMES, f"hat/{kommunkod}/{team}/{person}"), hat)


def _name(dice: Random) -> str:
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"
