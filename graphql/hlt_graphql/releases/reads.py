"""Questions to the released figures, and nothing else: every answer is a function of what was published (A6)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db import connections

from hlt_graphql.releases.cells import PublishedCell, canonical, digest_of
from hlt_graphql.releases.errors import MarginNotPublished, PeriodNotPublished, TableTooBig, UnknownCode
from hlt_graphql.releases.models import Cell, CellNow, Release, Withdrawal
from hlt_graphql.releases.rules import Dimension, PeriodLevel, PlaceLevel
from hlt_graphql.releases.signing import is_signed
from hlt_graphql.releases.tables import PlanTable, find_table, nearest

ALIAS = "regional"
# Asked with every table, so it is written out: making this SQL took longer than its answer.
LINKS = """SELECT r.id, w.release_id IS NOT NULL FROM published.release r
LEFT JOIN published.withdrawal w ON w.release_id = r.id ORDER BY r.seq"""


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """A link of the chain as everybody may see it."""

    release_id: UUID
    seq: int
    kind: str
    period: str
    plan: str
    frozen_at: str
    published_at: datetime
    digest: str
    previous_digest: str
    signature: bytes
    key_id: str
    expected: int
    missing: tuple[str, ...]
    report: dict[str, Any]
    withdrawn_because: str | None

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether its values are hidden from today on; its rows stay in the chain."""
        return self.withdrawn_because is not None


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A cell and the release that holds it."""

    cell: PublishedCell
    release: ReleaseFacts


@dataclass(frozen=True)
class Artefact:
    """Everything released up to a link of the chain, by where each cell stands."""

    releases: tuple[ReleaseFacts, ...]
    cells: dict[tuple[str, str, str, str, str], ReleasedCell]

    @property
    def as_of(self) -> ReleaseFacts:
        """Give the newest link that an answer stands on."""
        return self.releases[-1]

    @cached_property
    def by_table(self) -> dict[str, list[ReleasedCell]]:
        """The cells of each table of the plan, in the order in which they were released."""
        found: dict[str, list[ReleasedCell]] = {}
        for one in self.cells.values():
            found.setdefault(one.cell.table_code, []).append(one)
        return found

    def find(self, key: tuple[str, str, str, str, str]) -> PublishedCell | None:
        """Give the cell of (population, level, place, period, coordinates); None when none was released there."""
        found = self.cells.get(key)
        return None if found is None else found.cell


@dataclass(frozen=True, slots=True)
class Question:
    """One table asked for; `places` None = all of the level, periods inclusive."""

    indicator: str
    level: PlaceLevel
    period: PeriodLevel
    group_by: tuple[Dimension, ...]
    first: str
    last: str
    places: Collection[str] | None = None
    as_of: UUID | None = None
    max_cells: int = 5000


@dataclass(frozen=True, slots=True)
class Answer:
    """The table of the plan, the rows that were asked for, and what they were answered from."""

    table: PlanTable
    cells: tuple[ReleasedCell, ...]
    artefact: Artefact


def chain() -> tuple[ReleaseFacts, ...]:
    """Give every release, oldest first."""
    reasons = dict(Withdrawal.objects.using(ALIAS).values_list("release_id", "reason"))
    return tuple(_facts(row, reasons.get(row.id)) for row in Release.objects.using(ALIAS).order_by("seq"))


def release_of(release_id: UUID | None) -> ReleaseFacts | None:
    """Give one release, or the newest; None when there is none."""
    known = chain()
    if release_id is None:
        return known[-1] if known else None
    return next((facts for facts in known if facts.release_id == release_id), None)


def artefact(as_of: UUID | None = None) -> Artefact:
    """Give all that was released up to a link (None = the newest). Raises PeriodNotPublished before the first."""
    known = _links()
    upto = len(known) if as_of is None else next((n for n, link in enumerate(known, 1) if link[0] == as_of), 0)
    if not upto:
        raise PeriodNotPublished
    return _load(known[:upto])


def _links() -> tuple[tuple[UUID, bool], ...]:
    """Give every release and whether it was withdrawn: all that can change what may be told."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(LINKS)
        return tuple(cursor.fetchall())


def answer(question: Question) -> Answer:
    """Pick the rows of one table; never sums. Raises the four refusals of regional §11.2."""
    table = find_table(question.indicator, question.level, question.period, question.group_by)
    if table is None:
        raise MarginNotPublished(nearest=_nearest(question))
    known = artefact(question.as_of)
    cells = tuple(_rows(question, table, known))
    if not cells:
        raise PeriodNotPublished(released=sorted({c.cell.period for c in known.cells.values()}))
    if len(cells) > question.max_cells:
        raise TableTooBig(cells=len(cells))
    return Answer(table, cells, known)


def verify_chain() -> tuple[int, int | None]:
    """Recompute digests and signatures of all releases as the publisher's login.

    Gives how many links were read and the `seq` of the first that does not hold (None = all hold): a changed cell,
    another order, a foreign key.
    """
    previous, read = "0" * 64, 0
    for release in Release.objects.using("publisher").order_by("seq"):
        read += 1
        cells = [as_published(row) for row in Cell.objects.using("publisher").filter(release=release)]
        digest = digest_of(canonical(_head(release), cells), previous)
        holds = digest == release.digest and release.previous_digest == previous
        if not holds or not is_signed(digest, bytes(release.signature), release.key_id):
            return read, release.seq
        previous = digest
    return read, None


@lru_cache(maxsize=16)
def _load(links: tuple[tuple[UUID, bool], ...]) -> Artefact:
    """Read released cells once per state of the chain: they can change by a new link or a withdrawal only."""
    releases = chain()[: len(links)]
    by_id = {facts.release_id: facts for facts in releases}
    rows = CellNow.objects.using(ALIAS).filter(release_id__in=list(by_id)).order_by("id")
    cells = {cell.key: ReleasedCell(cell, by_id[row.release_id]) for row in rows for cell in [as_published(row)]}
    return Artefact(releases, cells)


def _rows(question: Question, table: PlanTable, known: Artefact) -> Iterator[ReleasedCell]:
    for found in known.by_table.get(table.code, ()):
        wanted = question.places is None or found.cell.place in question.places
        if wanted and question.first <= found.cell.period <= question.last:
            yield found


def _nearest(question: Question) -> list[dict[str, Any]]:
    tables = nearest(question.indicator, question.level, question.period, question.group_by)
    if not tables:
        raise UnknownCode
    return [
        {
            "table": table.code,
            "place": table.level.name,
            "period": table.period.name,
            "groupBy": [dimension.name for dimension in table.group_by],
            "lost": sorted(dimension.name for dimension in set(question.group_by) - set(table.group_by)),
        }
        for table in tables
    ]


def _facts(row: Release, withdrawn_because: str | None) -> ReleaseFacts:
    coverage: dict[str, Any] = row.coverage
    return ReleaseFacts(
        row.id,
        row.seq,
        row.kind,
        row.period,
        row.plan,
        row.frozen_at,
        row.published_at,
        row.digest,
        row.previous_digest,
        bytes(row.signature),
        row.key_id,
        int(coverage["expected"]),
        tuple(coverage["missing"]),
        row.report,
        withdrawn_because,
    )


def _head(row: Release) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "period": row.period,
        "plan": row.plan,
        "frozen_at": row.frozen_at,
        "coverage": row.coverage,
    }


def as_published(row: Cell | CellNow) -> PublishedCell:
    """Give the one form of a cell that everything is made from."""
    where = (row.cell_id, row.table_code, row.population, row.level, row.place, row.period, row.coordinates)
    return PublishedCell(*where, row.status, row.value, row.low, row.high, row.note)
