"""Cubes of a few cells, made by hand: one quarter, a region, its areas and kommuner."""

from collections.abc import Sequence

from hlt_graphql.disclosure.attack.equations import Released, World
from hlt_graphql.disclosure.attack.findings import Attacked, Secret, attack
from hlt_graphql.disclosure.cube import Cube, Fate, Key, TrueCell, bind
from hlt_graphql.disclosure.plan import Geography, Plan, PlanTable
from hlt_graphql.disclosure.suppress.hiding import Pattern, hide
from hlt_graphql.disclosure.views import View

LEAST = 3
QUARTER = "2024-Q1"
PLACE = Geography("24", {"K": ("0001", "0002", "0003")}, frozenset())
TABLES = (
    PlanTable("NEW", "REGION", "QUARTER", is_locked=True),
    PlanTable("NEW", "AREA", "QUARTER"),
    PlanTable("NEW", "MUNICIPALITY", "QUARTER"),
)
PLAN = Plan("small", LEAST, {"sex": ("K", "M")}, TABLES)


def cell(place: str, parts: dict[str, int], families: dict[str, int] | None = None, fate: Fate = Fate.FREE) -> TrueCell:
    """Give one cell of the quarter."""
    return TrueCell(Key("NEW", place, QUARTER, ""), parts, families or parts, fate)


def small_cube(counts: Sequence[int], geography: Geography = PLACE, total: Fate = Fate.FREE) -> Cube:
    """Give the region, its areas and kommuner in one quarter, one count per kommun in the order of the geography."""
    of = dict(zip(geography.kommuner, counts, strict=True))
    places = [geography.region, *geography.areas, *geography.kommuner]
    cells = [
        cell(
            place, {k: of[k] for k in geography.members(place)}, fate=total if place == geography.region else Fate.FREE
        )
        for place in places
    ]
    return bind(PLAN, geography, cells)


def protected(cube: Cube, views: tuple[View, ...] | None = None) -> Pattern:
    return hide(cube, least=LEAST, seed=1, seconds=20, views=views)


def attacked(cube: Cube, hidden: frozenset[int], geography: Geography = PLACE) -> Attacked:
    """Attack a pattern as the build would."""
    names = [cell.key.place for cell in cube.cells]
    released = [
        Released(c.key.place, c.key.place, QUARTER, "", None if i in hidden else c.n) for i, c in enumerate(cube.cells)
    ]
    secrets = {c.key.place: Secret(c.parts, c.family_parts, c.is_closed) for c in cube.cells}
    return attack(world_of_cube(names, geography), released, secrets, LEAST)


def world_of_cube(names: Sequence[str], geography: Geography) -> World:
    atoms = tuple((kommun, QUARTER, "") for kommun in geography.kommuner)
    return World(atoms, {name: frozenset(geography.members(name)) for name in names})
