"""One release from the intake: protect, attack, keep what may be shown, empty the intake. Runs as hlt_disclosure."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from time import time
from uuid import UUID, uuid4

from hlt_graphql.intake.actions import empty
from hlt_graphql.intake.errors import CountsChanged
from hlt_graphql.intake.reads import delivered
from hlt_graphql.intake.rules import Delivered, manifests_of
from hlt_graphql.releases.cells import GENESIS, PublishedCell, canonical, cell_id_of, digest_of
from hlt_graphql.releases.cube import Counts, by_place, has_cell, places_in, reported_in, true_cells
from hlt_graphql.releases.errors import NothingDelivered
from hlt_graphql.releases.models import Candidate, Cell, Manifest, Release
from hlt_graphql.releases.places import municipalities
from hlt_graphql.releases.protection import Protection, Protector, TrueCell
from hlt_graphql.releases.reads import as_published
from hlt_graphql.releases.rules import CandidateState, CellNote, CellStatus, level_of
from hlt_graphql.releases.tables import PlanTable, plan_digest
from hlt_graphql.trace.changing import regional_change
from hlt_graphql.trace.rules import RegionEvent
from hlt_identity.door import Actor
from hlt_identity.roles import Permission, check_may

KEPT = timedelta(days=30)
ALIAS = "disclosure"


def build_release(period: str, *, by: Actor, protect: Protector) -> UUID:
    """Build the candidate of a period and give its id; a second build of the same input gives the same candidate.

    The intake is empty afterwards, also when the build failed. Raises NothingDelivered, CountsChanged, NotAllowed,
    ValueError for what is no period. A finding of the attack makes a candidate that nobody can approve.
    """
    check_may(by, Permission.RELEASE_BUILD, at_second=time())
    try:
        counts = delivered()
        kept = by_place(counts)
        key = _key(period, kept)
        known = Candidate.objects.using(ALIAS).filter(**key).first()
        candidate = uuid4() if known is None else known.id
        with regional_change(RegionEvent.RELEASE_BUILT, about=candidate, by=by, using=ALIAS) as now:
            _keep_manifests(counts)
            if known is None:
                _build(candidate, period, kept, protect, key, by, now)
    finally:
        empty()
    return candidate


def _key(period: str, counts: Counts) -> dict[str, str]:
    """Give what a candidate is known by: its period, the chain it stands on and what it was made of."""
    last = Release.objects.using(ALIAS).order_by("-seq").first()
    previous = GENESIS if last is None else last.digest
    return {
        "kind": level_of(period).value,
        "period": period,
        "previous_digest": previous,
        "input_digest": _input(counts),
    }


def _build(
    candidate: UUID, period: str, counts: Counts, protect: Protector, key: dict[str, str], by: Actor, now: datetime
) -> None:
    reported = reported_in(counts, period)
    if not reported:
        raise NothingDelivered
    protection = protect(_truth_so_far(counts, period), earlier_cells(), period)
    artefact = canonical(_head(period, reported, now), _cells(counts, period, protection))
    Candidate(
        id=candidate,
        state=CandidateState.FAILED if protection.findings else CandidateState.ATTACKED,
        artefact=artefact,
        digest=digest_of(artefact, key["previous_digest"]),
        findings=protection.findings,
        report=dict(protection.report),
        built_by=by.person_id,
        built_at=now,
        expires_at=now + KEPT,
        **key,
    ).save(using=ALIAS, force_insert=True)


def earlier_cells() -> tuple[PublishedCell, ...]:
    """Give every cell of every release so far, also of withdrawn ones: what was seen stays known."""
    return tuple(as_published(row) for row in Cell.objects.using(ALIAS).order_by("release_id", "cell_id"))


def _truth_so_far(counts: Counts, period: str) -> Sequence[TrueCell]:
    """Give the true cells of the new period and of every period released before: those stay under attack.

    An earlier period is counted from those kommuner alone that had reported then: who reports later must not change
    what a released cell is known to be (regional §3.2, the trap).
    """
    earlier = {row.period: set(row.coverage["missing"]) for row in Release.objects.using(ALIAS)}
    known = {name: _without(counts, name, missing) for name, missing in earlier.items()}
    return [cell for name in sorted({*known, period}) for cell in true_cells(known.get(name, counts), name)]


def _without(counts: Counts, period: str, missing: set[str]) -> Counts:
    return {key: count for key, count in counts.items() if key[2] != period or key[0] not in missing}


def _cells(counts: Counts, period: str, protection: Protection) -> list[PublishedCell]:
    true = {cell.cell_id: cell for cell in true_cells(counts, period)}
    return [_cell(true, protection, period, *place) for place in places_in(period)]


def _cell(
    true: dict[str, TrueCell], protection: Protection, period: str, table: PlanTable, place: str, coordinates: str
) -> PublishedCell:
    cell_id = cell_id_of(table.code, place, period, coordinates)
    status, note, value = CellStatus.SHOWN, "", None
    low, high = protection.hidden.get(cell_id, (None, None))
    if not has_cell(table, place):
        status, note = CellStatus.NOT_APPLICABLE, CellNote.BASE_TOO_SMALL.value
    elif cell_id not in true:
        status = CellStatus.MISSING_REPORT
    elif cell_id in protection.hidden:
        status = CellStatus.PROTECTED
    else:
        value = true[cell_id].n
    where = (cell_id, table.code, table.population, table.level.value, place, period, coordinates)
    return PublishedCell(*where, status.value, value, low, high, note)


def _head(period: str, reported: Sequence[str], now: datetime) -> dict[str, object]:
    expected = [place.kommunkod for place in municipalities()]
    return {
        "kind": level_of(period).value,
        "period": period,
        "plan": plan_digest(),
        "frozen_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "coverage": {"expected": len(expected), "missing": sorted(set(expected) - set(reported))},
    }


def _keep_manifests(counts: Sequence[Delivered]) -> None:
    """Note what each kommun delivered; raise CountsChanged when it is not what it delivered before."""
    came = manifests_of(counts)
    known = {(row.kommunkod, row.period): row.digest for row in Manifest.objects.using(ALIAS)}
    for (kommunkod, period), digest in sorted(came.items()):
        if digest is None or known.get((kommunkod, period), digest) != digest:
            raise CountsChanged(kommunkod=kommunkod, period=period)
        if (kommunkod, period) not in known:
            Manifest(kommunkod=kommunkod, period=period, digest=digest).save(using=ALIAS, force_insert=True)


def _input(counts: Counts) -> str:
    lines = sorted({f"{count.kommunkod}|{count.period}|{count.digest}" for count in counts.values()})
    return sha256("\n".join(lines).encode()).hexdigest()
