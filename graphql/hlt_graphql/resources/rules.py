"""What may stand in the directory and the library; all of it can be read by every member of the region."""

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category, normalize

from hlt_graphql.resources.errors import FileNameTooLong, FileNotTaken, IdentifyingContent, NotAFunction
from hlt_identity.errors import Invalid

MOST_BYTES, MOST_NAME = 2 * 1024 * 1024, 120
# In groups only when one sign parts them all: a day and the hour or telephone number after it are no personnummer.
MONTH = "(?:0[1-9]|1[0-2])"
NUMBER = re.compile(rf"(?<!\d)(?:19|20)?\d{{2}}(?:{MONTH}\d{{2}}[-+ ]{{0,3}}|([- ]){MONTH}\1\d{{2}}\1)\d{{4}}(?!\d)")
DASHES = re.compile("[\u2010-\u2015\u2212]")
CASE_NUMBER = re.compile(r"(?<![A-Z0-9])(?=[A-Z2-9]*\d)(?=[A-Z2-9]*[A-Z])[A-HJ-NP-Z2-9]{8}(?![A-Z0-9])")
FUNCTION_WORDS = frozenset(
    "hlt team teamet hltteam barn unga elevhalsa elevhalsan familj familjecentral info kontakt samordnare samordning "
    "stod kommun kommunen bvc barnhalsa barnhalsan skola skolan socialtjanst socialtjansten".split()
)


class ItemKind(StrEnum):
    """Kinds of working material (regional §15)."""

    METHOD = "METHOD"
    GUIDE = "GUIDE"
    FORM = "FORM"
    LETTER = "LETTER"


class ItemState(StrEnum):
    """Only PUBLISHED is seen by readers."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    RETIRED = "RETIRED"


@dataclass(frozen=True, slots=True)
class Profession:
    """One of the twelve professions of a team: its Swedish label and sector."""

    code: str
    label: str
    sector: str


PROFESSIONS: tuple[Profession, ...] = (
    Profession("PRESCHOOL_TEACHER", "förskollärare", "SCHOOL"),
    Profession("TEACHER", "lärare", "SCHOOL"),
    Profession("SPECIAL_EDUCATOR", "specialpedagog", "SCHOOL"),
    Profession("PRINCIPAL", "rektor", "SCHOOL"),
    Profession("SCHOOL_NURSE", "skolsköterska", "SCHOOL"),
    Profession("SCHOOL_COUNSELLOR", "skolkurator", "SCHOOL"),
    Profession("SCHOOL_PSYCHOLOGIST", "skolpsykolog", "SCHOOL"),
    Profession("SOCIAL_WORKER", "socialsekreterare", "SOCIAL"),
    Profession("FAMILY_THERAPIST", "familjebehandlare", "SOCIAL"),
    Profession("CHILD_HEALTH_NURSE", "BVC-sköterska", "HEALTH"),
    Profession("HEALTH_CENTRE_PSYCHOLOGIST", "psykolog på hälsocentral", "HEALTH"),
    Profession("DOCTOR", "läkare", "HEALTH"),
)


def luhn(ten_digits: str) -> bool:
    """Tell whether the last digit is the control digit of the nine before it."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten_digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def is_personal_number(match: re.Match[str]) -> bool:
    """Tell whether digits are a personnummer or samordningsnummer (day + 60), by day and control digit."""
    digits = re.sub(r"\D", "", match[0])[-10:]
    day = int(digits[4:6])
    return (1 <= day <= 31 or 61 <= day <= 91) and luhn(digits)


def check_text(**fields: str) -> None:
    """Raise IdentifyingContent naming the first field that holds a personal number or a case number."""
    for name, text in fields.items():
        read = as_read(text)
        if any(is_personal_number(match) for match in NUMBER.finditer(read)) or CASE_NUMBER.search(read):
            raise IdentifyingContent(field=name)


def as_read(text: str) -> str:
    """Give a text as an eye takes it: wide digits and odd spaces plain, every dash one dash, no sign without a mark."""
    plain = "".join(sign for sign in normalize("NFKC", text) if category(sign) != "Cf")
    return DASHES.sub("-", plain)


def check_visible(**fields: str) -> None:
    """Raise Invalid naming the first field that nobody could see or press: an empty name, or signs without a mark."""
    for name, text in fields.items():
        if not any(category(sign)[0] not in "CMZ" for sign in text):
            raise Invalid(fields={name: "Texten syns inte. Skriv den med bokstäver."})


def check_mailbox(address: str) -> None:
    """Raise NotAFunction unless every word before the @ is that of a function: a name never passes."""
    local, _, domain = address.lower().partition("@")
    words = [word for word in re.split(r"[-._]", local) if word]
    if address and not (domain and words and set(words) <= FUNCTION_WORDS):
        raise NotAFunction


def checked_file(name: str, content: bytes) -> str:
    """Give the media type that bytes and name agree on; raise FileNotTaken, FileNameTooLong, IdentifyingContent."""
    check_text(file=name)
    ending = name.lower().rpartition(".")[2]
    if len(name) > MOST_NAME:
        raise FileNameTooLong
    if not content or len(content) > MOST_BYTES:
        raise FileNotTaken
    if ending == "pdf" and content.startswith(b"%PDF-"):
        return "application/pdf"
    if ending == "png" and content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if ending == "txt" and _is_plain(content):
        check_text(file=content.decode("utf-8"))
        return "text/plain; charset=utf-8"
    raise FileNotTaken


def _is_plain(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\n\r\t" for sign in text)
