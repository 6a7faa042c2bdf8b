"""How strong the secrecy is where a copy ends up: shown before deciding, since secrecy does not travel (L-04)."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from hlt_tenants.consent.rules import rule_code
from hlt_tenants.registry.coded import Coded


class Strength(Coded):
    """The four labels of law §2."""

    STRONG = "strong", "stark sekretess"
    WEAK = "weak", "svag sekretess"
    VERY_WEAK = "very_weak", "mycket svag sekretess"
    PRIVATE_DUTY = "private_duty", "tystnadsplikt"


@dataclass(frozen=True, slots=True)
class StrengthRow:
    """One dated row: at whom, how strong, by which provision."""

    code: str
    strength: Strength
    valid_from: date
    source: str


@cache
def strength_rows() -> tuple[StrengthRow, ...]:
    """Give the dated rows of data/secrecy_strength.csv in the file's order."""
    text = files("hlt_tenants.consent").joinpath("data/secrecy_strength.csv").read_text(encoding="utf-8")
    return tuple(
        StrengthRow(row["rule_code"], Strength(row["strength"]), date.fromisoformat(row["valid_from"]), row["source"])
        for row in csv.DictReader(text.splitlines())
    )


def strength_at(branch: str, on: date) -> StrengthRow:
    """Give the row in force for a receiver on a day; raise LookupError when there is none, so nothing is shown."""
    rows = [row for row in strength_rows() if row.code == rule_code(branch) and row.valid_from <= on]
    if not rows:
        raise LookupError(branch)
    return max(rows, key=lambda row: row.valid_from)
