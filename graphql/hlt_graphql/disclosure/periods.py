"""Quarters, years and fixed blocks of three years, and which of them make up which (regional §1)."""

BLOCK_YEARS, FIRST_BLOCK = 3, 2021
LEVELS = ("QUARTER", "YEAR", "BLOCK")


def level_of(period: str) -> str:
    """Give the length of a period: 2027-Q2, 2027 or 2027/2029."""
    return "QUARTER" if "-" in period else "BLOCK" if "/" in period else "YEAR"


def block_of(period: str) -> str:
    """Give the block that holds a period; a block holds itself. No relation reaches over its ends."""
    first = FIRST_BLOCK + (int(period[:4]) - FIRST_BLOCK) // BLOCK_YEARS * BLOCK_YEARS
    return f"{first}/{first + BLOCK_YEARS - 1}"


def finer(period: str) -> tuple[str, ...]:
    """Give the periods one level down that add up to this one; a quarter has none."""
    level = level_of(period)
    if level == "QUARTER":
        return ()
    if level == "YEAR":
        return tuple(f"{period}-Q{number}" for number in range(1, 5))
    return tuple(str(year) for year in range(int(period[:4]), int(period[5:]) + 1))


def with_finer(period: str) -> tuple[str, ...]:
    """Give a period and everything inside it, longest first."""
    return (period, *(inner for part in finer(period) for inner in with_finer(part)))


def quarters_of(period: str) -> tuple[str, ...]:
    """Give the quarters of a period, a quarter itself."""
    return tuple(found for found in with_finer(period) if level_of(found) == "QUARTER")
