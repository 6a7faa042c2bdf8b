"""The clock rules in force, read from data so that a promise changes without a release (domain §8)."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from hlt_tenants.casework.rules import ClockCode, ClockRule


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    """Give every dated rule of data/clock_rules.csv, in the file's order."""
    text = files("hlt_tenants.casework").joinpath("data/clock_rules.csv").read_text(encoding="utf-8")
    return tuple(
        ClockRule(
            ClockCode(row["code"]),
            int(row["days"]),
            int(row["least"]),
            int(row["most"]),
            date.fromisoformat(row["valid_from"]),
            row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )
