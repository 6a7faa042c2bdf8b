"""Words and order of the region's pages; plain Python."""

from collections.abc import Collection

PLACES = {"REGION": "hela länet", "AREA": "områden", "MUNICIPALITY": "kommuner"}
PERIODS = {"QUARTER": "kvartal", "YEAR": "år", "BLOCK": "treårsperiod"}
DIMENSIONS = {"SEX": "kön"}
UNITS = {"CASE": "ärenden", "CHILD": "barn"}
MARKS = {"NOT_APPLICABLE": ".", "MISSING_REPORT": "–", "WITHDRAWN": "–"}
STATUS_WORDS = {
    "SHOWN": "visas",
    "PROTECTED": "skyddat tal",
    "STRUCTURAL_ZERO": "kan inte förekomma",
    "NOT_APPLICABLE": "ej tillämplig: för få barn bor här för enskilda år",
    "MISSING_REPORT": "saknas: kommunen har inte rapporterat",
    "WITHDRAWN": "återkallat släpp",
}
CANDIDATE_STATES = {
    "DRAFT": "Byggs",
    "ATTACKED": "Klart att granska",
    "APPROVED": "Godkänt, inte utgivet",
    "PUBLISHED": "Utgivet",
    "WITHDRAWN": "Återkallat",
    "FAILED": "Underkänt av angreppet",
    "EXPIRED": "För gammalt",
}
VIEWS = {"outsider": "en utomstående", "families": "någon som känner familjerna"}
# Å, Ä and Ö come after Z, in that order; the code points say otherwise.
ORDER = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e"})


def swedish(name: str) -> tuple[str, str]:
    """Give what names are sorted by: … Vindeln, Vännäs, Åsele."""
    return name.lower().translate(ORDER), name


def table_words(place: str, period: str, group_by: Collection[str]) -> str:
    """Give a table of the plan as a choice: "Kommuner, per år", "Hela länet, per år och kön"."""
    divided = " och ".join([PERIODS[period], *(DIMENSIONS[dimension] for dimension in group_by)])
    return f"{PLACES[place].capitalize()}, per {divided}"


def period_words(period: str) -> str:
    """Give a period as a choice: "2025", "2025 kvartal 3", "2021–2023"."""
    year, _, quarter = period.partition("-Q")
    return f"{year} kvartal {quarter}" if quarter else period.replace("/", "–")


def cell_text(status: str, value: int | None, low: int | None, high: int | None) -> str:
    """Give the one outward form of a cell; what is protected has one mark whatever the reason was (interface §9)."""
    if value is not None:
        return str(value)
    if status == "PROTECTED":
        return f"⋯ ({low}–{high})" if high is not None else f"⋯ ({low} eller fler)"
    return MARKS[status]
