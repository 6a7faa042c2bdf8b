"""What is counted, in words (domain §7); the definitions that pages, exports and the API show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """An indicator's stable code, its Swedish name and definition, and the version of that definition."""

    code: str
    slug: str
    name: str
    definition: str
    definition_version: str
    unit: str


INDICATORS: tuple[IndicatorText, ...] = (
    IndicatorText(
        "I03",
        "nya-arenden",
        "Nya ärenden",
        "Antal ärenden där alla vårdnadshavare som behövs har samtyckt under perioden. "
        "Räknas på den dag då samtycket blev helt.",
        "1",
        "CASE",
    ),
)
METHOD = (
    "I en liten kommun kan ett ensamt barn kännas igen. Därför visar vi aldrig färre än 5. Om vi bara dolde den rutan "
    "kunde man räkna ut den från summan – därför döljs ibland en ruta till. Alla tal som visas är exakta och summerar."
)


def indicator(code: str) -> IndicatorText | None:
    """Give an indicator, or None for a code that no list holds."""
    return next((known for known in INDICATORS if known.code == code), None)


def why_hidden(low: int, high: int | None) -> str:
    """Say why a cell is hidden and what is known of it: the sentence of regional §9, the same in page and API."""
    between = f"mellan {low} och {high}" if high is not None else f"på {low} eller mer"
    return (
        "Skyddat tal. Antingen är det färre än 5 barn här, eller så är talet dolt för att ett annat litet tal inte ska "
        f"gå att räkna ut. Det rätta värdet ligger någonstans {between}."
    )
