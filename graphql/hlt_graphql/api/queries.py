"""The root of every question; a resolver calls one read and decides nothing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import graphene

from hlt_graphql.api.fields import Open, listed
from hlt_graphql.api.mutations.releases import taking
from hlt_graphql.api.rows import CellRows
from hlt_graphql.api.scalars import AreaCode, Cursor, IndicatorCode, MunicipalityCode, Slug, Uuid
from hlt_graphql.api.scalars import Period as PeriodCode
from hlt_graphql.api.types import figures, people, places, resources
from hlt_graphql.releases import indicators, reads
from hlt_graphql.releases import places as known_places
from hlt_graphql.releases.errors import UnknownCode
from hlt_graphql.releases.rules import PeriodLevel, PlaceLevel
from hlt_graphql.resources.reads import library, library_item, teams
from hlt_identity.errors import Invalid
from hlt_identity.roles import Permission

MOST_CELLS, PAGE = 20_000, 100


@dataclass(frozen=True, slots=True)
class Told:
    """An answered table as the type shows it."""

    indicator: Any
    table: Any
    as_of: Any
    cells: CellRows


class TableInput(graphene.InputObjectType):
    """Exactly one table of the plan, and rows of it; nothing is summed on request."""

    indicator = IndicatorCode(required=True, description="What is counted, such as I03.")
    place = figures.PlaceLevel(required=True, default_value=PlaceLevel.REGION, description="The level of places.")
    period = figures.PeriodLevel(required=True, default_value=PeriodLevel.YEAR, description="The length of periods.")
    group_by = graphene.List(
        graphene.NonNull(figures.Dimension), required=True, default_value=(), description="Beside place and period."
    )
    first = PeriodCode(required=True, name="from", description="The first period.")
    last = PeriodCode(required=True, name="to", description="The last period, included.")
    municipalities = graphene.List(
        graphene.NonNull(MunicipalityCode), description="Picks rows; can never cause a new sum."
    )
    areas = graphene.List(graphene.NonNull(AreaCode), description="Picks rows; can never cause a new sum.")
    as_of = Uuid(description="Answer as of this release; null = the newest.")
    max_cells = graphene.Int(required=True, default_value=5000, description="Refused above 20 000.")


def table(root: Any, info: Any, wanted: Any) -> Told:
    counted = indicators.indicator(wanted.indicator)
    chosen = [*(wanted.municipalities or ()), *(wanted.areas or ())]
    if counted is None or set(chosen) - known_codes():
        raise UnknownCode
    question = reads.Question(
        wanted.indicator,
        wanted.place,
        wanted.period,
        tuple(wanted.group_by),
        wanted.first,
        wanted.last,
        chosen or None,
        UUID(wanted.as_of) if wanted.as_of else None,
        min(wanted.max_cells, MOST_CELLS),
    )
    found = reads.answer(question)
    return Told(counted, found.table, found.artefact.as_of, CellRows(found.cells, found.artefact))


def known_codes() -> set[str]:
    return {*known_places.AREA_NAMES, *(place.kommunkod for place in known_places.municipalities())}


def releases(root: Any, info: Any, first: int) -> Any:
    return tuple(reversed(reads.chain()))[: bounded(first)]


def library_page(root: Any, info: Any, first: int, after: str | None = None) -> Any:
    return library(bounded(first), after)


def bounded(first: int) -> int:
    """Give the asked number; raise Invalid below 1 and above 100."""
    if not 1 <= first <= PAGE:
        raise Invalid(most=PAGE)
    return first


def how_many(least: int = 20) -> graphene.Int:
    return graphene.Int(required=True, default_value=least, description="How many, 1 to 100.")


class Query(graphene.ObjectType):
    """Released, disclosure-controlled figures and shared material; nothing here is about an identifiable child."""

    viewer = Open(
        graphene.NonNull(people.Viewer),
        needs=Permission.PROFILE_VIEW,
        description="Who asks.",
        resolver=lambda root, info: info.context.actor,
    )
    region = Open(
        graphene.NonNull(places.Region),
        needs=Permission.PROFILE_VIEW,
        description="Areas and kommuner.",
        resolver=lambda root, info: known_places.REGION_CODE,
    )
    indicators = Open(
        listed(figures.Indicator),
        needs=Permission.FIGURES_VIEW,
        description="Everything that is counted; at most 40.",
        resolver=lambda root, info: indicators.INDICATORS,
    )
    plan = Open(
        graphene.NonNull(figures.Plan),
        needs=Permission.FIGURES_VIEW,
        description="Everything that can be asked.",
        resolver=lambda root, info: indicators.METHOD,
    )
    release = Open(
        figures.Release,
        needs=Permission.FIGURES_VIEW,
        description="One release; without id the newest.",
        resolver=lambda root, info, id=None: reads.release_of(UUID(id) if id else None),  # noqa: A006
        id=Uuid(description="The release's id."),
    )
    releases = Open(
        listed(figures.Release),
        needs=Permission.FIGURES_VIEW,
        description="The chain, newest first.",
        resolver=releases,
        first=how_many(),
    )
    table = Open(
        graphene.NonNull(figures.StatTable),
        needs=Permission.FIGURES_VIEW,
        description="One table of the plan. Refusals: MARGIN_NOT_PUBLISHED, PERIOD_NOT_PUBLISHED, UNKNOWN_CODE, "
        "TABLE_TOO_BIG.",
        resolver=table,
        wanted=taking(TableInput),
    )
    teams = Open(
        listed(resources.Team),
        needs=Permission.LIBRARY_VIEW,
        description="The team directory; at most 300.",
        resolver=lambda root, info, municipality=None: teams(municipality),
        municipality=MunicipalityCode(description="Only this kommun's."),
    )
    library = Open(
        graphene.NonNull(resources.LibraryPage),
        needs=Permission.LIBRARY_VIEW,
        description="Published material, newest first.",
        resolver=library_page,
        first=how_many(),
        after=Cursor(description="The end cursor of the page before."),
    )
    library_item = Open(
        resources.LibraryItem,
        needs=Permission.LIBRARY_VIEW,
        description="One published item.",
        resolver=lambda root, info, slug: library_item(slug),
        slug=Slug(required=True, description="Its name in addresses."),
    )
