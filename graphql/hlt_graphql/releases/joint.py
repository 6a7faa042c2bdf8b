"""The protector of production: joint suppression, intervals, then the attack on what would be published (ADR 6)."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from hmac import new
from importlib.metadata import version
from time import monotonic

from hlt_graphql.disclosure.attack.equations import Released, World, world_of
from hlt_graphql.disclosure.attack.findings import Attacked, Secret, attack
from hlt_graphql.disclosure.cube import Cube, Fate, Key, bind
from hlt_graphql.disclosure.intervals import intervals
from hlt_graphql.disclosure.suppress.hiding import SECONDS, Pattern, hide
from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.cube import Base, id_of
from hlt_graphql.releases.places import geography
from hlt_graphql.releases.protection import Protection, Protector, released_cells
from hlt_graphql.releases.rules import level_of
from hlt_graphql.releases.tables import PLAN

SOLVERS = ("numpy", "scipy", "highspy")


def jointly(secret: bytes) -> Protector:
    """Give the protector; the same input and secret give the same release, and nobody without it foresees a tie."""

    def protect(base: Base) -> Protection:
        return protect_jointly(base, new(secret, base.name.encode(), sha256).digest())

    return protect


def protect_jointly(base: Base, seed: bytes) -> Protection:
    """Hide, tell intervals, attack. A finding is counted and named by cell, never by number."""
    start = monotonic()
    cube = bind(PLAN, geography(), base.cells)
    number = int.from_bytes(seed[:8])
    pattern = hide(cube, least=PLAN.least, seed=number, seconds=SECONDS[level_of(base.period)])
    hidden_at = monotonic()
    cells = _with_intervals(base, [cube.cells[index].key for index in sorted(pattern.hidden)])
    told_at = monotonic()
    attacked = attack(world_in(base), released_of(base, cells), secrets_of(base), PLAN.least)
    seconds = {"hide": hidden_at - start, "intervals": told_at - hidden_at, "attack": monotonic() - told_at}
    return Protection(cells, len(attacked.findings), _report(cube, pattern, attacked, seed, seconds))


def _with_intervals(base: Base, hidden: Sequence[Key]) -> tuple[PublishedCell, ...]:
    """Give the cells to publish; intervals are computed from the pattern and what is shown, from nothing else."""
    without = released_cells(base, {key: (0, None) for key in hidden})
    new_ids = {cell.cell_id for cell in without if cell.low is not None}
    told = intervals(world_in(base), released_of(base, without), sorted(new_ids))
    return released_cells(base, {key: told[id_of(key)] if id_of(key) in told else (0, None) for key in hidden})


def world_in(base: Base) -> World:
    """Give what an attacker knows could be there: who had reported which quarter."""
    places = {
        p: geography().members(p) for level in ("REGION", "AREA", "MUNICIPALITY") for p in geography().places(level)
    }
    return world_of(places, base.covered, PLAN.coordinates(tuple(PLAN.members)), base.periods)


def released_of(base: Base, new: Sequence[PublishedCell]) -> list[Released]:
    """Give what everybody sees of the periods in play: every cell of this and earlier releases, and of no release."""
    seen = {id_of(cell.key): None for cell in base.cells} | {
        cell.cell_id: cell.value for cell in (*base.earlier, *new) if cell.value is not None
    }
    return [
        Released(id_of(cell.key), cell.key.place, cell.key.period, cell.key.coordinates, seen[id_of(cell.key)])
        for cell in base.cells
    ]


def secrets_of(base: Base) -> dict[str, Secret]:
    """Give what is true of every cell in play, for the attack to know which of them are small."""
    return {id_of(cell.key): Secret(cell.parts, cell.family_parts, cell.is_closed) for cell in base.cells}


def _report(
    cube: Cube, pattern: Pattern, attacked: Attacked, seed: bytes, seconds: Mapping[str, float]
) -> dict[str, object]:
    """Say what was attacked and by what. Under `build`, which is never published: times, rounds, the sealed seed."""
    versions = " · ".join(f"{name} {version(name)}" for name in SOLVERS)
    new_cells = sum(cell.fate in (Fate.FREE, Fate.LOCKED) for cell in cube.cells)
    return {
        "solver": f"joint complementary suppression · {versions}",
        "views": list(attacked.views),
        "attack": {"cells": attacked.cells, "atoms": attacked.atoms, "equations": attacked.equations},
        "build": {
            "findings": [[finding.name, finding.view, finding.how] for finding in attacked.findings],
            "way": pattern.way,
            "new_cells": new_cells,
            "rounds": pattern.rounds,
            "cuts": pattern.cuts,
            "programs": attacked.programs,
            "seconds": {name: round(value, 3) for name, value in seconds.items()},
            "seed_digest": sha256(seed).hexdigest(),
        },
    }
