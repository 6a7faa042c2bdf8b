"""Sixteen pairs of eyes: an outsider, and each kommun that knows its own rows (regional §5.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hlt_graphql.disclosure.cube import TrueCell

OUTSIDER = "outsider"


@dataclass(frozen=True, slots=True)
class Need:
    """A cell that must be able to move: `way` −1 down or +1 up, by `amount` at least."""

    cell: int
    way: int
    amount: float


@dataclass(frozen=True, slots=True)
class View:
    """What is left of each cell for somebody who takes away what they know; `knows` = cells they know whole."""

    name: str
    rest: tuple[int, ...]
    knows: frozenset[int]
    needs: tuple[Need, ...]


def views_of(cells: Sequence[TrueCell], least: int) -> tuple[View, ...]:
    """Give the outsider and every kommun that added to a cell."""
    kommuner = sorted({kommun for cell in cells for kommun in cell.parts})
    return tuple(view_of(cells, least, kommun) for kommun in (None, *kommuner))


def view_of(cells: Sequence[TrueCell], least: int, kommun: str | None) -> View:
    """Give one view; None = the outsider. A cell that only this kommun added to holds no secret from it."""
    rest = tuple(cell.n - cell.parts.get(kommun or "", 0) for cell in cells)
    knows = frozenset(i for i, cell in enumerate(cells) if kommun and set(cell.parts) <= {kommun})
    needs = tuple(
        need
        for index, cell in enumerate(cells)
        if index not in knows and _is_sensitive(cell, least, kommun)
        for need in _needs(index, rest[index], least)
    )
    return View(kommun or OUTSIDER, rest, knows, needs)


def _is_sensitive(cell: TrueCell, least: int, kommun: str | None) -> bool:
    """Tell whether too few families are left: siblings are two cases and one family, and zero counts as few."""
    return cell.is_closed or cell.families - cell.family_parts.get(kommun or "", 0) < least


def _needs(index: int, rest: int, least: int) -> Iterator[Need]:
    """Everything from nothing to `least` must stay possible, so that even the sum of a hidden pair is not small."""
    if rest > 0:
        yield Need(index, -1, rest)
    if rest < least:
        yield Need(index, +1, least - rest)
