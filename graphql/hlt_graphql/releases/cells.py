"""The one form of a released cell that every output is made from, and its canonical bytes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from hlt_graphql.releases.rules import CellStatus, PeriodLevel, PlaceLevel, level_of

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """`value` only when shown, `low` and `high` only when protected; `high` None = open upwards."""

    cell_id: str
    table_code: str
    population: str
    level: str
    place: str
    period: str
    coordinates: str
    status: str
    value: int | None
    low: int | None
    high: int | None
    note: str

    @property
    def is_shown(self) -> bool:
        return self.status in (CellStatus.SHOWN, CellStatus.STRUCTURAL_ZERO)

    @property
    def place_level(self) -> PlaceLevel:
        return PlaceLevel(self.level)

    @property
    def period_level(self) -> PeriodLevel:
        return level_of(self.period)

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """Where the cell stands; two releases never hold the same place."""
        return (self.population, self.level, self.place, self.period, self.coordinates)


def cell_id_of(table_code: str, place: str, period: str, coordinates: str) -> str:
    """Give the stable name of a cell: a hash of where it stands, never of what it holds."""
    return sha256(f"{table_code}|{place}|{period}|{coordinates}".encode()).hexdigest()[:24]


def canonical(head: Mapping[str, Any], cells: Iterable[PublishedCell]) -> str:
    """Give the text that is hashed and signed: the same for the same cells, in whatever order they came."""
    rows = [asdict(cell) for cell in sorted(cells, key=lambda cell: cell.cell_id)]
    return json.dumps({"head": head, "cells": rows}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(artefact: str, previous: str) -> str:
    """Chain a release to the one before it; the database computes the same before it publishes."""
    return sha256((artefact + previous).encode()).hexdigest()
