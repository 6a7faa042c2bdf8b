"""Plan, releases and released cells; every value comes from PublishedCell (regional §8, §11.5)."""

from typing import Any

import graphene

from hlt_graphql.api.fields import listed, said
from hlt_graphql.api.scalars import Digest, IndicatorCode, Uuid
from hlt_graphql.api.scalars import Period as PeriodCode
from hlt_graphql.api.types.places import Area, Municipality
from hlt_graphql.releases import places, tables
from hlt_graphql.releases import rules as r
from hlt_graphql.releases.coarser import sentence, shown_at
from hlt_graphql.releases.indicators import INDICATORS, METHOD, why_hidden

PLACES = {
    "REGION": "The whole region.",
    "AREA": "One of the four statistical areas.",
    "MUNICIPALITY": "A kommun.",
}
PERIODS = {
    "QUARTER": "Three calendar months.",
    "YEAR": "A calendar year.",
    "BLOCK": "Three calendar years, fixed and disjoint.",
}
STATUSES = {
    "SHOWN": "Exact and additive.",
    "PROTECTED": "Too few, or hidden so that another cell cannot be computed: on purpose one status.",
    "STRUCTURAL_ZERO": "Cannot occur by definition.",
    "NOT_APPLICABLE": "The number has no meaning here; see the note.",
    "MISSING_REPORT": "The kommun has not reported the period.",
    "WITHDRAWN": "The release was taken back.",
}
NOTES = {"BASE_TOO_SMALL": "Too few children live here for single years; see the block of three years."}


def described(source: Any, name: str, whole: str, words: dict[str, str]) -> Any:
    """Give the API's enum of a closed list, each member with its sentence."""
    return graphene.Enum.from_enum(
        source, name=name, description=lambda member: whole if member is None else words[member.name]
    )


PlaceLevel = described(r.PlaceLevel, "PlaceLevel", "How large the places of a table are.", PLACES)
PeriodLevel = described(r.PeriodLevel, "PeriodLevel", "How long the periods of a table are.", PERIODS)
Dimension = described(
    r.Dimension, "Dimension", "What a table may be divided by, beside place and period.", {"SEX": "Girls and boys."}
)
CellStatus = described(r.CellStatus, "CellStatus", "What a cell tells, and what it does not.", STATUSES)
CellNote = described(r.CellNote, "CellNote", "What one should know of a cell.", NOTES)


class PlanTable(graphene.ObjectType):
    """One publishable combination; a new one is a new plan version, decided by two persons."""

    code = said(graphene.String, "Such as new.area.quarter.")
    indicators = said(
        listed(lambda: Indicator),
        "The indicators that the table feeds; at most 25.",
        resolver=lambda root, info: [known for known in INDICATORS if known.code in root.indicators],
    )
    place = said(PlaceLevel, "The level of its places.", resolver=lambda root, info: root.level)
    period = said(PeriodLevel, "The length of its periods.")
    group_by = said(listed(Dimension), "At most two dimensions.")


class Plan(graphene.ObjectType):
    """The closed list of what can be asked; what is not in it does not exist."""

    version = said(graphene.String, "The plan's own version.", resolver=lambda root, info: tables.VERSION)
    digest = said(
        Digest,
        "SHA-256 of the plan, the same as in every release built by it.",
        resolver=lambda root, info: tables.plan_digest(),
    )
    tables = said(listed(PlanTable), "Every table; at most 100.", resolver=lambda root, info: tables.TABLES)
    minimum_count = said(
        graphene.Int, "No count below this is ever shown, zero included.", resolver=lambda root, info: tables.PLAN.least
    )
    method = said(graphene.String, "Why numbers are hidden, in Swedish.", resolver=lambda root, info: METHOD)


class Indicator(graphene.ObjectType):
    """What is counted."""

    code = said(IndicatorCode, "Stable for ever.")
    slug = said(graphene.String, "Its name in addresses.")
    name = said(graphene.String, "Its Swedish name.")
    definition = said(graphene.String, "What is counted, and on which day.")
    definition_version = said(graphene.String, "Changes when the definition does.")
    unit = said(graphene.String, "CASE or CHILD.")
    tables = said(
        listed(PlanTable),
        "Where it can be asked for; at most 100.",
        resolver=lambda root, info: [table for table in tables.TABLES if root.code in table.indicators],
    )


class Coverage(graphene.ObjectType):
    """How many kommuner a release stands on."""

    expected = said(graphene.Int, "How many there are.")
    reported = said(
        graphene.Int, "How many had reported.", resolver=lambda root, info: root.expected - len(root.missing)
    )
    missing = said(
        listed(Municipality),
        "Those that had not; at most 15.",
        resolver=lambda root, info: [places.municipality(kod) for kod in root.missing],
    )


class Release(graphene.ObjectType):
    """A link of the chain: frozen, attacked, approved by two persons, signed, never edited."""

    id = said(Uuid, "The release's id.", resolver=lambda root, info: root.release_id)
    seq = said(graphene.Int, "Its place in the chain, from 1.")
    kind = said(PeriodLevel, "How long its period is.", resolver=lambda root, info: r.PeriodLevel(root.kind))
    period = said(PeriodCode, "What it is about.")
    is_withdrawn = said(graphene.Boolean, "It was taken back; its values are hidden.")
    withdrawn_because = said(
        graphene.String, "Why it was taken back, as the publisher wrote; null while it stands.", required=False
    )
    frozen_at = said(graphene.String, "When its counts were protected (RFC 3339).")
    published_at = said(graphene.DateTime, "When it became public.")
    digest = said(Digest, "SHA-256 over its cells and the digest before it.")
    previous_digest = said(Digest, "The digest before it; 64 zeros for the first.")
    signature = said(
        graphene.String, "ES256 over the digest (DER, hexadecimal).", resolver=lambda root, info: root.signature.hex()
    )
    key_id = said(Digest, "SHA-256 of the public key that signed it.")
    coverage = said(Coverage, "Who had reported.", resolver=lambda root, info: root)
    solver = said(graphene.String, "What protected it.", resolver=lambda root, info: str(root.report.get("solver", "")))
    attacked_from = said(
        listed(graphene.String),
        "The views it was attacked from; at most 20.",
        resolver=lambda root, info: [str(view) for view in root.report.get("views", ())][:20],
    )


class Member(graphene.ObjectType):
    """A value of a code list, kept as data so that a new one breaks nothing."""

    code = said(graphene.String, "Its code.", resolver=lambda root, info: root[0])
    label = said(graphene.String, "Its Swedish label.", resolver=lambda root, info: root[1])


class CoarserCell(graphene.ObjectType):
    """The finest shown cell above a hidden one; it stands beside it, never in its place."""

    id = said(graphene.ID, "The cell's id.", resolver=lambda root, info: root.cell_id)
    place = said(PlaceLevel, "The level of its place.", resolver=lambda root, info: root.place_level)
    place_name = said(
        graphene.String,
        "Its place's Swedish name.",
        resolver=lambda root, info: places.name_of(root.place_level, root.place),
    )
    period = said(PeriodCode, "Its period.")
    value = said(graphene.Int, "Its value.")
    sentence = said(
        graphene.String, "Such as: Visas för Inlandet, hela 2027.", resolver=lambda root, info: sentence(root)
    )


class Cell(graphene.ObjectType):
    """A released cell: `value` only when shown, `low` and `high` only when protected, `high` may be open."""

    id = said(graphene.ID, "A hash of where the cell stands, never of what it holds.")
    municipality = said(Municipality, "Set in tables of kommuner.", required=False)
    area = said(Area, "Set in tables of areas.", required=False)
    period = said(PeriodCode, "The cell's period.")
    sex = said(Member, "Set in tables by sex.", required=False)
    value = said(graphene.Int, "The exact number, when it may be shown.", required=False)
    status = said(CellStatus, "Why there is a number, or none.")
    low = said(graphene.Int, "The least a protected number can be.", required=False)
    high = said(graphene.Int, "The most it can be; null = open upwards.", required=False)
    note = said(CellNote, "What one should know of it.", required=False)
    release = said(Release, "The release that holds it.")
    shown_at = said(CoarserCell, "For a cell without a number: the finest shown one above it.", required=False)
    why = said(graphene.String, "Why a protected number is hidden, in Swedish.", required=False)

    def resolve_id(root: Any, info: Any) -> str:
        return str(root.cell.cell_id)

    def resolve_municipality(root: Any, info: Any) -> Any:
        return places.municipality(root.cell.place) if root.cell.level == r.PlaceLevel.MUNICIPALITY else None

    def resolve_area(root: Any, info: Any) -> Any:
        return root.cell.place if root.cell.level == r.PlaceLevel.AREA else None

    def resolve_period(root: Any, info: Any) -> str:
        return str(root.cell.period)

    def resolve_sex(root: Any, info: Any) -> tuple[str, str] | None:
        code = dict(part.split("=") for part in root.cell.coordinates.split(";") if part).get(r.Dimension.SEX)
        return (code, tables.MEMBERS[r.Dimension.SEX][code]) if code else None

    def resolve_value(root: Any, info: Any) -> int | None:
        return root.cell.value  # type: ignore[no-any-return]

    def resolve_status(root: Any, info: Any) -> r.CellStatus:
        return r.CellStatus(root.cell.status)

    def resolve_low(root: Any, info: Any) -> int | None:
        return root.cell.low  # type: ignore[no-any-return]

    def resolve_high(root: Any, info: Any) -> int | None:
        return root.cell.high  # type: ignore[no-any-return]

    def resolve_note(root: Any, info: Any) -> r.CellNote | None:
        return r.CellNote(root.cell.note) if root.cell.note else None

    def resolve_shown_at(root: Any, info: Any) -> Any:
        return None if root.cell.is_shown else shown_at(root.cell, root.find)

    def resolve_why(root: Any, info: Any) -> str | None:
        hidden = root.cell.status == r.CellStatus.PROTECTED
        return why_hidden(root.cell.low, root.cell.high) if hidden else None


class CellColumns(graphene.ObjectType):
    """The same cells in column form, one value per cell in the order of `cells`: a third of the bytes."""

    id = said(listed(graphene.ID), "Ids.", resolver=lambda root, info: root.column("id"))
    place = said(listed(graphene.String), "Place codes.", resolver=lambda root, info: root.column("place"))
    period = said(listed(PeriodCode), "Periods.", resolver=lambda root, info: root.column("period"))
    coordinates = said(
        listed(graphene.String),
        "Dimensions, such as sex=K; empty without any.",
        resolver=lambda root, info: root.column("coordinates"),
    )
    value = said(graphene.List(graphene.Int), "Values.", resolver=lambda root, info: root.column("value"))
    status = said(
        listed(CellStatus),
        "Statuses.",
        resolver=lambda root, info: root.column("status"),
    )
    low = said(graphene.List(graphene.Int), "Least values.", resolver=lambda root, info: root.column("low"))
    high = said(graphene.List(graphene.Int), "Most values.", resolver=lambda root, info: root.column("high"))


class StatTable(graphene.ObjectType):
    """One table of the plan, the rows that were asked for, and the link of the chain it was answered from."""

    indicator = said(Indicator, "What is counted.")
    table = said(PlanTable, "The table of the plan.")
    as_of = said(Release, "The newest release that the answer knows of.")
    cell_count = said(graphene.Int, "How many cells there are.", resolver=lambda root, info: len(root.cells))
    cells = said(listed(Cell), "Row form; at most maxCells.")
    columns = said(CellColumns, "Column form.", resolver=lambda root, info: root.cells)
