"""The region, its four statistical areas and 15 kommuner (regional §4); a small copy of what the registry knows."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hlt_graphql.disclosure.plan import Geography
from hlt_graphql.releases.rules import PlaceLevel

REGION_CODE, REGION_NAME = "24", "Västerbotten"
AREA_NAMES = {"U": "Umeå", "S": "Skellefteå", "K": "Kranskommuner", "I": "Inlandet"}


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality; `has_years` = at least 700 residents aged 0–15, so that single years are published (L-27)."""

    kommunkod: str
    name: str
    area: str
    has_years: bool


@cache
def municipalities() -> tuple[Place, ...]:
    """Give the 15 in the order of their codes."""
    text = files("hlt_graphql.releases").joinpath("data/places.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Place(row["kommunkod"], row["name"], row["area"], row["yearly"] == "1") for row in rows)


@cache
def geography() -> Geography:
    """Give the same places as disclosure control takes them."""
    areas = {area: tuple(p.kommunkod for p in municipalities() if p.area == area) for area in AREA_NAMES}
    return Geography(REGION_CODE, areas, frozenset(p.kommunkod for p in municipalities() if not p.has_years))


@cache
def municipality(kommunkod: str) -> Place:
    """Give one municipality; raise LookupError when there is none with that code."""
    found = [place for place in municipalities() if place.kommunkod == kommunkod]
    if not found:
        raise LookupError(kommunkod)
    return found[0]


def members_of(level: PlaceLevel, place: str) -> tuple[str, ...]:
    """Give the kommunkoder inside a place."""
    if level is PlaceLevel.REGION:
        return tuple(found.kommunkod for found in municipalities())
    if level is PlaceLevel.AREA:
        return tuple(found.kommunkod for found in municipalities() if found.area == place)
    return (place,)


def codes_of(level: PlaceLevel) -> tuple[str, ...]:
    """Give every place of a level."""
    if level is PlaceLevel.REGION:
        return (REGION_CODE,)
    return tuple(AREA_NAMES) if level is PlaceLevel.AREA else members_of(PlaceLevel.REGION, REGION_CODE)


def above(level: PlaceLevel, place: str) -> tuple[tuple[PlaceLevel, str], ...]:
    """Give the places that hold this one, nearest first."""
    region = (PlaceLevel.REGION, REGION_CODE)
    if level is PlaceLevel.MUNICIPALITY:
        return ((PlaceLevel.AREA, municipality(place).area), region)
    return (region,) if level is PlaceLevel.AREA else ()


def name_of(level: PlaceLevel, place: str) -> str:
    """Give the Swedish name of a place."""
    if level is PlaceLevel.REGION:
        return REGION_NAME
    return AREA_NAMES[place] if level is PlaceLevel.AREA else municipality(place).name
