"""The independent attack: from outside, as each kommun, and as a family that knows it is there (regional §5.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hlt_graphql.disclosure.attack.equations import Released, World, quarters_in
from hlt_graphql.disclosure.attack.propagation import Bound, equations, propagate
from hlt_graphql.disclosure.attack.solving import CLOSE, Known, Solver, Vector, is_whole, matrix_of

OUTSIDER = "outsider"


@dataclass(frozen=True, slots=True)
class Secret:
    """What is true of a cell: cases and families per kommun; `always` = hidden whatever it holds (L-27)."""

    parts: Mapping[str, int]
    family_parts: Mapping[str, int]
    always: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell that a view sees through; `how` never says a number."""

    name: str
    view: str
    how: str


@dataclass(frozen=True, slots=True)
class Attacked:
    """What was tried and what was found: sizes, not values."""

    findings: tuple[Finding, ...]
    views: tuple[str, ...]
    cells: int
    atoms: int
    equations: int
    programs: int


@dataclass(frozen=True, slots=True)
class Target:
    """A hidden cell that must look as if it could be anything from nothing to `least`."""

    name: str
    atoms: frozenset[int]


def attack(world: World, released: Sequence[Released], secrets: Mapping[str, Secret], least: int) -> Attacked:
    """Attack a release together with all that was released before.

    `released` holds every cell of the periods in play, shown or not; `secrets` is used to know which cells are small
    and what each kommun knows of itself, never to help the attacker further.
    """
    kommuner = sorted({kommun for kommun, _, _ in world.atoms})
    seen = [_seen_by(world, released, secrets, least, view) for view in (OUTSIDER, *kommuner)]
    families, programs = _as_only_families(world, released, secrets, seen[0].worlds)
    wrong = [Finding(cell.name, "publisher", "not the counted number") for cell in released if _is_wrong(cell, secrets)]
    found = (*wrong, *(finding for part in seen for finding in part.findings), *families)
    sums = sum(part.equations for part in seen)
    programs += sum(part.programs for part in seen)
    return Attacked(found, (OUTSIDER, *kommuner, "families"), len(released), len(world.atoms), sums, programs)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one view found, and the worlds it met on the way."""

    findings: tuple[Finding, ...]
    equations: int
    programs: int
    worlds: tuple[Vector, ...]


def _seen_by(world: World, released: Sequence[Released], secrets: Mapping[str, Secret], least: int, view: str) -> Seen:
    own = frozenset(index for index, (kommun, _, _) in enumerate(world.atoms) if kommun == view)
    held = [world.holds(cell) - own for cell in released]
    values = [_rest(cell.value, secrets.get(cell.name), view) for cell in released]
    small = [
        (cell, atoms)
        for cell, atoms in zip(released, held, strict=True)
        if atoms and _is_small(secrets.get(cell.name), view, least)
    ]
    shown = [Finding(cell.name, view, "subtracted") for cell, _ in small if cell.value is not None]
    targets = [Target(cell.name, atoms) for cell, atoms in small if cell.value is None]
    sums, by_pencil = _by_pencil(released, held, values, targets, least, view)
    known = [Known(a, value, value) for a, value in zip(held, values, strict=True) if a and value is not None]
    proofs = Proofs(targets, len(world.atoms), least)
    solver = Solver(len(world.atoms), known)
    by_solver = _by_solver(solver, proofs, view)
    return Seen((*shown, *by_pencil, *by_solver), sums, solver.programs, tuple(proofs.worlds))


def _is_wrong(cell: Released, secrets: Mapping[str, Secret]) -> bool:
    secret = secrets.get(cell.name)
    return cell.value is not None and secret is not None and cell.value != sum(secret.parts.values())


def _rest(value: int | None, secret: Secret | None, view: str) -> int | None:
    """Give what is left of a shown number when a kommun takes its own away."""
    return None if value is None else value - (secret.parts.get(view, 0) if secret else 0)


def _is_small(secret: Secret | None, view: str, least: int) -> bool:
    if secret is None:
        return False
    families = sum(count for kommun, count in secret.family_parts.items() if kommun != view)
    return secret.always or families < least


def _by_pencil(
    released: Sequence[Released],
    held: Sequence[frozenset[int]],
    values: Sequence[int | None],
    targets: Sequence[Target],
    least: int,
    view: str,
) -> tuple[int, list[Finding]]:
    sums = equations(held, [_shape(cell) for cell in released])
    start: list[Bound] = [(0, None) if value is None else (value, value) for value in values]
    start = [bound if atoms else (0, 0) for bound, atoms in zip(start, held, strict=True)]
    reached = dict(zip([cell.name for cell in released], propagate(start, sums), strict=True))
    bounds = [(target.name, *reached[target.name]) for target in targets]
    return len(sums), [Finding(name, view, "by hand") for name, low, high in bounds if _is_narrow(low, high, least)]


def _shape(cell: Released) -> tuple[int, int, bool]:
    return len(cell.place), len(quarters_in(cell.period)), bool(cell.coordinates)


def _is_narrow(low: float, high: float | None, least: int) -> bool:
    return low > 0 or (high is not None and high < least)


class Proofs:
    """Worlds that were found, and what they prove: each one answers for every target at once."""

    def __init__(self, targets: Sequence[Target], size: int, least: int) -> None:
        self.targets = targets
        self.least = least
        self.worlds: list[Vector] = []
        self.sums = matrix_of(size, [target.atoms for target in targets])
        self.nothing = np.zeros(len(targets), dtype=bool)
        self.enough = np.zeros(len(targets), dtype=bool)

    def note(self, world: Vector) -> None:
        self.worlds.append(world)
        values = self.sums @ world
        self.nothing |= values < CLOSE
        self.enough |= values > self.least - CLOSE


def _by_solver(solver: Solver, proofs: Proofs, view: str) -> list[Finding]:
    """Ask the solver only what no world seen so far has answered."""
    for index, target in enumerate(proofs.targets):
        if not proofs.nothing[index]:
            proofs.nothing[index] = _reaches(solver, target, -1, proofs)
        if not proofs.enough[index]:
            proofs.enough[index] = _reaches(solver, target, +1, proofs)
    open_to_all = proofs.nothing & proofs.enough
    return [
        Finding(target.name, view, "narrow")
        for target, safe in zip(proofs.targets, open_to_all, strict=True)
        if not safe
    ]


def _reaches(solver: Solver, target: Target, way: int, proofs: Proofs) -> bool:
    """Tell whether a target can be nothing (−1) or `least` (+1) in a world of whole numbers."""
    value, world = solver.extreme(target.atoms, way)
    if world is not None and not is_whole(world):
        value, world = solver.whole_extreme(target.atoms, way)
    if world is not None:
        proofs.note(world)
    return value < CLOSE if way < 0 else value > proofs.least - CLOSE


def _is_one_familys(secret: Secret | None) -> bool:
    return secret is not None and len(secret.parts) == 1 and sum(secret.parts.values()) == 1


def _as_only_families(
    world: World, released: Sequence[Released], secrets: Mapping[str, Secret], worlds: Sequence[Vector]
) -> tuple[list[Finding], int]:
    """A family knows that its own cell holds one; nobody else's hidden cell may become exact by that.

    Tried for cells of a year and more, since nobody is told who was alone in a quarter. Two worlds that differ in a
    cell, both with somebody in the family's own, are proof; only what they leave open is asked of the solver.
    """
    hidden = [cell for cell in released if cell.value is None and cell.name in secrets]
    sums = matrix_of(len(world.atoms), [world.holds(cell) for cell in hidden])
    values = np.array([sums @ found for found in worlds]).reshape(len(worlds), len(hidden))
    known = [Known(world.holds(cell), cell.value, cell.value) for cell in released if cell.value is not None]
    found, programs = [], 0
    for place, home in enumerate(hidden):
        if _is_one_familys(secrets[home.name]) and len(quarters_in(home.period)) > 1:
            fitting = values[values[:, place] > 1 - CLOSE]
            open_still = [
                c for c, column in zip(hidden, fitting.T, strict=True) if not len(column) or np.ptp(column) < CLOSE
            ]
            others = [c for c in open_still if not set(secrets[c.name].parts) & set(secrets[home.name].parts)]
            exact, asked = _become_exact(world, known, home, others)
            found += exact
            programs += asked
    return found, programs


def _become_exact(
    world: World, known: Sequence[Known], home: Released, others: Sequence[Released]
) -> tuple[list[Finding], int]:
    if not others:
        return [], 0
    plain = Solver(len(world.atoms), known)
    knowing = Solver(len(world.atoms), [*known, Known(world.holds(home), 1, None)])
    exact = [
        Finding(cell.name, "families", "exact")
        for cell in others
        if _is_exact(knowing, world.holds(cell)) and not _is_exact(plain, world.holds(cell))
    ]
    return exact, plain.programs + knowing.programs


def _is_exact(solver: Solver, atoms: frozenset[int]) -> bool:
    low, high = (solver.extreme(atoms, way)[0] for way in (-1, +1))
    return high - low < CLOSE
