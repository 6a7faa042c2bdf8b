"""What the figures page shows, made of the API's answers and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.dateparse import parse_datetime

from hlt_graphql.pages.asking import PLAN, TABLE, Ask, data_of
from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.rules import STATUS_WORDS, cell_text, period_words, swedish, table_words

REGION, REGION_NAME = "24", "Västerbotten"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted, in words."""

    code: str
    name: str
    definition: str
    unit: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the plan, and which indicators it feeds."""

    code: str
    place: str
    period: str
    group_by: tuple[str, ...]
    indicators: frozenset[str]

    @property
    def words(self) -> str:
        """Say it as a choice in a form: "Kommuner, per år"."""
        return table_words(self.place, self.period, self.group_by)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain of releases."""

    release_id: str
    seq: int
    kind: str
    period: str
    withdrawn_because: str | None
    published_at: Any
    digest: str
    reported: str

    @property
    def words(self) -> str:
        """Say its period: "2025 kvartal 3"."""
        return period_words(self.period)

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether a publisher took it back: then its values are hidden and the reason is shown."""
        return self.withdrawn_because is not None


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that can be asked for today."""

    method: str
    tables: tuple[Table, ...]
    indicators: tuple[Indicator, ...]
    releases: tuple[Link, ...]

    def periods(self, kind: str) -> tuple[str, ...]:
        """Give the released periods of one length, newest first."""
        return tuple(sorted({link.period for link in self.releases if link.kind == kind}, reverse=True))


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell as it may be shown; `text` stands in table, map, curve and title alike."""

    place: str
    place_name: str
    period: str
    group: str
    value: int | None
    status: str
    low: int | None
    high: int | None
    why: str
    coarser_value: int | None
    coarser: str
    release: int

    @property
    def text(self) -> str:
        """Give the one outward form: the number, an interval, or a mark."""
        return cell_text(self.status, self.value, self.low, self.high)

    @property
    def status_words(self) -> str:
        """Say to who does not see a mark why no number stands there."""
        return STATUS_WORDS[self.status]

    @property
    def period_words(self) -> str:
        """Say it as people do: "2025 kvartal 3"."""
        return period_words(self.period)

    @property
    def is_hidden(self) -> bool:
        """Tell whether a value was counted and is protected; what is missing or cannot be is not hidden."""
        return self.status == "PROTECTED"


def published(ask: Ask, request: RegionRequest) -> Published:
    """Give plan, indicators and releases; raises AnswerRefused."""
    data = data_of(ask(request, PLAN, {}))
    return Published(
        data["plan"]["method"],
        tuple(_table(row) for row in data["plan"]["tables"]),
        tuple(Indicator(row["code"], row["name"], row["definition"], row["unit"]) for row in data["indicators"]),
        tuple(_link(row) for row in data["releases"]),
    )


def figures(
    ask: Ask, request: RegionRequest, indicator: str, table: Table, periods: Sequence[str]
) -> tuple[Figure, ...]:
    """Give the cells of one table over some periods, by place in Swedish order, oldest period first."""
    wanted = {
        "indicator": indicator,
        "place": table.place,
        "period": table.period,
        "groupBy": list(table.group_by),
        "from": min(periods),
        "to": max(periods),
        "maxCells": 1000,
    }
    cells = data_of(ask(request, TABLE, {"input": wanted}))["table"]["cells"]
    return tuple(sorted(map(_figure, cells), key=partial(_order)))


def _order(figure: Figure) -> tuple[Any, ...]:
    return (swedish(figure.place_name), figure.period, figure.group)


def _table(row: Mapping[str, Any]) -> Table:
    feeds = frozenset(known["code"] for known in row["indicators"])
    return Table(row["code"], row["place"], row["period"], tuple(row["groupBy"]), feeds)


def _link(row: Mapping[str, Any]) -> Link:
    coverage = f"{row['coverage']['reported']} av {row['coverage']['expected']}"
    at = parse_datetime(row["publishedAt"])
    where = (row["id"], row["seq"], row["kind"], row["period"], row["withdrawnBecause"])
    return Link(*where, at, row["digest"], coverage)


def _figure(row: Mapping[str, Any]) -> Figure:
    place = row["municipality"] or row["area"] or {"code": REGION, "name": REGION_NAME}
    coarser = row["shownAt"] or {"value": None, "sentence": ""}
    return Figure(
        place["code"],
        place["name"],
        row["period"],
        row["sex"]["label"] if row["sex"] else "",
        row["value"],
        row["status"],
        row["low"],
        row["high"],
        row["why"] or "",
        coarser["value"],
        coarser["sentence"],
        row["release"]["seq"],
    )
