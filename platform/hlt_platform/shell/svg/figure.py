"""What a figure is drawn from: a cell as it may be shown. A hidden value never comes here."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

MOST_CLASSES = 5
HIDDEN = "PROTECTED"


class Cell(Protocol):
    """`value` None unless it may be shown; `text` is how the cell is written in the table beside the figure."""

    @property
    def place(self) -> str: ...
    @property
    def place_name(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def value(self) -> int | None: ...
    @property
    def status(self) -> str: ...
    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def text(self) -> str: ...


def classes(values: Sequence[int]) -> list[tuple[int, int]]:
    """Give at most five ranges (both ends included) that share the shown values evenly, lowest first."""
    distinct = sorted(set(values))
    count = min(MOST_CLASSES, len(distinct))
    cuts = [round(number * len(distinct) / count) for number in range(count + 1)] if count else []
    return [(distinct[first], distinct[after - 1]) for first, after in pairwise(cuts)]


def class_of(value: int, ranges: Sequence[tuple[int, int]]) -> int:
    """Give the number of a value's class, from 0."""
    return next(number for number, (low, high) in enumerate(ranges) if low <= value <= high)


def range_words(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
