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
from hlt_graphql.releases.asking import Asked, note_built, note_refused
from hlt_graphql.releases.cells import GENESIS, PublishedCell, canonical, digest_of
from hlt_graphql.releases.cube import Base, Link, base_of
from hlt_graphql.releases.errors import AlreadyReleased, NothingDelivered
from hlt_graphql.releases.models import Candidate, Cell, Manifest, Release
from hlt_graphql.releases.places import municipalities
from hlt_graphql.releases.protection import Protection, Protector
from hlt_graphql.releases.reads import as_published
from hlt_graphql.releases.rules import CandidateState, level_of
from hlt_graphql.releases.tables import plan_digest
from hlt_graphql.trace.changing import regional_change
from hlt_graphql.trace.rules import RegionEvent
from hlt_identity.door import Actor
from hlt_identity.errors import HltError
from hlt_identity.roles import Permission, check_may

KEPT = timedelta(days=30)
ALIAS = "disclosure"


def build_release(period: str, *, by: Actor, protect: Protector, asked: Asked | None = None) -> UUID:
    """Build the candidate of a period and give its id; a second build of the same input gives the same candidate.

    `asked` is the request that it answers, if there is one. The intake is empty afterwards, also after a refusal; a
    fault that a second try may not meet leaves the counts for that try, and `sweep` takes what no try took. Raises
    NothingDelivered, AlreadyReleased, CountsChanged, CountsDoNotAdd, EarlierCountsMissing, NotAllowed, and ValueError
    for what is no period. A finding of the attack makes a candidate that nobody can approve.
    """
    try:
        # Who asked a worker for it was asked for a fresh sign-in then; a queue makes nobody's sign-in older.
        check_may(by, Permission.RELEASE_BUILD, at_second=asked.at.timestamp() if asked else time())
        candidate = _candidate(period, delivered(), by, protect, asked)
    except HltError as refusal:
        if asked:
            note_refused(asked.request, refusal)
        empty()
        raise
    empty()
    return candidate


def _candidate(period: str, counts: Sequence[Delivered], by: Actor, protect: Protector, asked: Asked | None) -> UUID:
    """Compute first and write then: no transaction may stand idle for as long as a solver works.

    A release that comes between is no harm: the candidate names the link it stands on, and publishing checks it.
    """
    key = _key(period, counts)
    known = Candidate.objects.using(ALIAS).filter(**key).first()
    candidate = uuid4() if known is None else known.id
    with regional_change(RegionEvent.BUILD_STARTED, about=candidate, by=by, using=ALIAS, settles=False):
        base = _checked_base(period, counts, key)
    protection = protect(base) if known is None else None
    with regional_change(RegionEvent.RELEASE_BUILT, about=candidate, by=by, using=ALIAS) as now:
        if protection:
            _keep_candidate(candidate, base, protection, key, by, now)
        if asked:
            note_built(asked.request, candidate, now)
    return candidate


def _key(period: str, counts: Sequence[Delivered]) -> dict[str, str]:
    """Give what a candidate is known by: its period, the chain it stands on and what it was made of."""
    last = Release.objects.using(ALIAS).order_by("-seq").first()
    previous = GENESIS if last is None else last.digest
    return {
        "kind": level_of(period).value,
        "period": period,
        "previous_digest": previous,
        "input_digest": _input(counts),
    }


def _checked_base(period: str, counts: Sequence[Delivered], key: dict[str, str]) -> Base:
    _keep_manifests(counts)
    if not any(count.period == period for count in counts):
        released = Release.objects.using(ALIAS).filter(period=period, withdrawal__isnull=True)
        raise AlreadyReleased if released.exists() else NothingDelivered
    return base_of(counts, period, chain_so_far(), earlier_cells(), "|".join(key.values()))


def _keep_candidate(
    candidate: UUID, base: Base, protection: Protection, key: dict[str, str], by: Actor, now: datetime
) -> None:
    artefact = canonical(_head(base, now), protection.cells)
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


def chain_so_far() -> tuple[Link, ...]:
    """Give every release so far, oldest first, with the kommuner that were not in it."""
    releases = Release.objects.using(ALIAS).order_by("seq")
    return tuple(Link(row.period, frozenset(row.coverage["missing"])) for row in releases)


def _head(base: Base, now: datetime) -> dict[str, object]:
    return {
        "kind": level_of(base.period).value,
        "period": base.period,
        "plan": plan_digest(),
        "frozen_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "coverage": {"expected": len(municipalities()), "missing": list(base.missing)},
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


def _input(counts: Sequence[Delivered]) -> str:
    lines = sorted({f"{count.kommunkod}|{count.period}|{count.digest}" for count in counts})
    return sha256("\n".join(lines).encode()).hexdigest()
