"""Levels, states and statuses of released figures; the one dict of a candidate's steps (regional §1, §3.1)."""

import re
from enum import StrEnum


class PlaceLevel(StrEnum):
    REGION = "REGION"
    AREA = "AREA"
    MUNICIPALITY = "MUNICIPALITY"


class PeriodLevel(StrEnum):
    QUARTER = "QUARTER"
    YEAR = "YEAR"
    BLOCK = "BLOCK"


class Dimension(StrEnum):
    """Beside place and period; the value is the key in a cell's coordinates."""

    SEX = "sex"


class CellStatus(StrEnum):
    """One mark for all that is hidden: primary and secondary are never told apart (regional §1.6)."""

    SHOWN = "SHOWN"
    PROTECTED = "PROTECTED"
    STRUCTURAL_ZERO = "STRUCTURAL_ZERO"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    MISSING_REPORT = "MISSING_REPORT"
    WITHDRAWN = "WITHDRAWN"


class CellNote(StrEnum):
    BASE_TOO_SMALL = "BASE_TOO_SMALL"


class CandidateState(StrEnum):
    DRAFT = "DRAFT"
    ATTACKED = "ATTACKED"
    APPROVED = "APPROVED"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"


C = CandidateState
# The database holds the same steps (releases/migrations/0002_gates.py); a test compares the two.
NEXT: dict[CandidateState, frozenset[CandidateState]] = {
    C.DRAFT: frozenset({C.ATTACKED, C.FAILED}),
    C.ATTACKED: frozenset({C.APPROVED, C.EXPIRED}),
    C.APPROVED: frozenset({C.PUBLISHED, C.EXPIRED}),
    C.PUBLISHED: frozenset({C.WITHDRAWN}),
    C.WITHDRAWN: frozenset(),
    C.FAILED: frozenset(),
    C.EXPIRED: frozenset(),
}

PERIOD_FORM: dict[PeriodLevel, re.Pattern[str]] = {
    PeriodLevel.QUARTER: re.compile(r"^\d{4}-Q[1-4]$"),
    PeriodLevel.YEAR: re.compile(r"^\d{4}$"),
    PeriodLevel.BLOCK: re.compile(r"^\d{4}/\d{4}$"),
}
BLOCK_YEARS, FIRST_BLOCK = 3, 2021


def level_of(period: str) -> PeriodLevel:
    """Give the length of a period; raise ValueError for what is none."""
    for level, form in PERIOD_FORM.items():
        if form.match(period):
            return level
    raise ValueError("not a period of the plan")


def longer(period: str) -> tuple[str, ...]:
    """Give the periods of the plan that hold this one, shortest first: a quarter's year and block, a year's block."""
    level = level_of(period)
    if level is PeriodLevel.BLOCK:
        return ()
    year = int(period[:4])
    first = FIRST_BLOCK + (year - FIRST_BLOCK) // BLOCK_YEARS * BLOCK_YEARS
    block = f"{first}/{first + BLOCK_YEARS - 1}"
    return (str(year), block) if level is PeriodLevel.QUARTER else (block,)
