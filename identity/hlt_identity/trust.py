"""What a provider's word about a sign-in is worth: dated rows, exact match, and 0 for everything else (identity §7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TrustRow:
    """One decision: this raw value from this provider means that level, from a day until a day (exclusive)."""

    idp: str
    raw_acr: str
    level: int
    valid_from: date
    valid_to: date | None = None


def level_of(rows: Iterable[TrustRow], idp: str, raw_acr: object, on: date) -> int:
    """Give the level 0–4; absent, empty, a list, a number or an unknown text is 0."""
    if not isinstance(raw_acr, str):
        return 0
    found = [row for row in rows if (row.idp, row.raw_acr) == (idp, raw_acr) and _in_force(row, on)]
    return max(found, key=lambda row: row.valid_from).level if found else 0


def _in_force(row: TrustRow, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or on < row.valid_to)
