"""Sums and differences as anybody does them with a pencil: no solver, whole numbers only."""

from collections.abc import Iterable, Sequence
from itertools import groupby

Bound = tuple[int, int | None]
Equation = tuple[int, tuple[int, ...]]
MOST_ROUNDS = 100


def equations(sets: Sequence[frozenset[int]], shapes: Sequence[object]) -> tuple[Equation, ...]:
    """Find every (whole, parts) among sets of atoms: the parts are all sets of one shape that tile the whole."""
    order = sorted(range(len(sets)), key=lambda index: str(shapes[index]))
    groups = [list(group) for _, group in groupby(order, key=lambda index: str(shapes[index]))]
    found = ((whole, _tiles(sets, whole, group)) for whole in range(len(sets)) for group in groups)
    return tuple((whole, parts) for whole, parts in found if parts)


def _tiles(sets: Sequence[frozenset[int]], whole: int, group: Iterable[int]) -> tuple[int, ...]:
    parts = [index for index in group if index != whole and sets[index] <= sets[whole]]
    fits = sum(len(sets[index]) for index in parts) == len(sets[whole])
    return tuple(parts) if fits and frozenset().union(*(sets[index] for index in parts)) == sets[whole] else ()


def propagate(bounds: list[Bound], sums: Sequence[Equation]) -> list[Bound]:
    """Narrow bounds (low, high; None = open) by whole = sum of parts until nothing changes."""
    now = list(bounds)
    for _ in range(MOST_ROUNDS):
        before = list(now)
        for whole, parts in sums:
            _narrow(now, whole, parts)
        if now == before:
            break
    return now


def _narrow(now: list[Bound], whole: int, parts: tuple[int, ...]) -> None:
    highs = [now[part][1] for part in parts]
    open_parts = [part for part, high in zip(parts, highs, strict=True) if high is None]
    low_sum = sum(now[part][0] for part in parts)
    high_sum = None if open_parts else sum(high for high in highs if high is not None)
    now[whole] = _meet(now[whole], (low_sum, high_sum))
    low, high = now[whole]
    for part in parts:
        own_low, own_high = now[part]
        most = None if high is None else high - (low_sum - own_low)
        least = _least(low, open_parts, part, high_sum, own_high, highs)
        now[part] = _meet(now[part], (least, most))
        low_sum += now[part][0] - own_low


def _least(
    low: int, open_parts: list[int], part: int, high_sum: int | None, own_high: int | None, highs: list[int | None]
) -> int:
    if high_sum is not None and own_high is not None:
        return low - (high_sum - own_high)
    if open_parts == [part]:
        return low - sum(high for high in highs if high is not None)
    return 0


def _meet(one: Bound, other: Bound) -> Bound:
    highs = [high for high in (one[1], other[1]) if high is not None]
    return max(one[0], other[0], 0), min(highs) if highs else None
