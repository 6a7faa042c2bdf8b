"""Swedish order without a locale on the server (the key is stored, tenancy §9), and dates as people write them."""

import re
from datetime import date, timedelta
from enum import Enum
from unicodedata import category

SOURCE = "åäæöøáàâãéèêëíìîïóòôõúùûüýčçđðŋñšŧžþ"
TARGET = "{||}}aaaaeeeeiiiioooouuuyyccddnnstzt"  # ü sorts as y in Swedish
TABLE = str.maketrans(SOURCE, TARGET)

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
# As in a personnummer: always two digits for month and day, or 170512 would be a day in 1705.
DIGITS = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]{1,2}(\d{1,2}|[a-zåäö]+)\.?(?:[-/. ]{1,2}(\d{4}))?")
# Letters and signs by their category that leave no mark: fillers of Korean, the blank of Braille.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


class Lean(Enum):
    """Where a day without a year is looked for, as days of leaning: what has happened, or what is planned."""

    BACK = -182
    NEAR = 0
    AHEAD = 182


def sort_key(text: str) -> str:
    """Give what sorts by code point as Swedish readers expect: … Z Å Ä Ö."""
    return text.lower().translate(TABLE)


def is_visible(character: str) -> bool:
    """Tell whether a character leaves a mark of its own: no space, control, format or joining sign does."""
    return character not in BLANK and category(character)[0] not in "CMZ"


def day_of(text: str, today: date, lean: Lean = Lean.NEAR) -> date | None:
    """Read a day as Swedes write it: 2026-11-21, 20261121, 261121, 21/11, 21.11.2026, 21 nov, "igår"; None = no day.

    The day always comes before the month (interface §6). A day without a year is the one nearest to
    today, half a year back or ahead of it when the question leans that way. A year of two digits is the nearest such.
    """
    written = " ".join(text.lower().split())
    near = {"idag": 0, "i dag": 0, "igår": -1, "i går": -1, "imorgon": 1, "i morgon": 1}
    if written in near:
        return date.fromordinal(today.toordinal() + near[written])
    if found := YEAR_FIRST.fullmatch(written):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := DIGITS.fullmatch(written):
        return _day(_whole_year(found[1], today), int(found[2]), int(found[3]))
    if found := DAY_FIRST.fullmatch(written):
        return _nearest(int(found[1]), _month(found[2]), found[3], today + timedelta(days=lean.value))
    return None


def tells_year(text: str) -> bool:
    """Tell whether a day that `day_of` understands was written with its year."""
    written = " ".join(text.lower().split())
    found = DAY_FIRST.fullmatch(written)
    return (found is not None and bool(found[3])) or any(form.fullmatch(written) for form in (YEAR_FIRST, DIGITS))


def _whole_year(written: str, today: date) -> int:
    """Give a year of two digits in the century that brings it nearest to today."""
    year, century = int(written), today.year - today.year % 100
    if len(written) == 4:
        return year
    return min((century + shift + year for shift in (-100, 0, 100)), key=lambda one: abs(one - today.year))


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    return MONTHS.index(written[:3]) + 1 if written[:3] in MONTHS else 0


def _nearest(day: int, month: int, year: str | None, middle: date) -> date | None:
    if year is not None:
        return _day(int(year), month, day)
    around = (_day(middle.year + shift, month, day) for shift in (-1, 0, 1))
    return min((one for one in around if one is not None), key=lambda one: abs(one - middle), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
