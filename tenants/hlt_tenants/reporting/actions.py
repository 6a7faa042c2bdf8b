"""Count a period once, look at it, let it go (regional §3.2)."""

from datetime import date, datetime
from time import time
from uuid import NAMESPACE_URL, UUID, uuid5

from hlt_identity.door import Actor
from hlt_identity.roles import Permission, check_may
from hlt_tenants.audit import instant
from hlt_tenants.audit.changing import change, writing
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.reporting.errors import CountsNotFrozen, PeriodOpen
from hlt_tenants.reporting.models import CaseFact, CountApproval, FrozenCount, FrozenPeriod
from hlt_tenants.reporting.reads import FrozenBatch, frozen_batch
from hlt_tenants.reporting.rules import Fact, FactKind, Population, add_up, bounds, count, digest, parts_of

# What follows when a manager lets a period go; wiring knows where to.
SEND = "reporting.send"


def freeze_period(period: str, *, today: date) -> FrozenBatch:
    """Count a period that is over, as the kommun's jobs login, and keep the counts for ever; its parts come first.

    A second call gives what was frozen the first time, whatever has been written since: late facts wait for a
    revision (regional §6). Raises PeriodOpen, and ValueError for what is no period.
    """
    if today < bounds(period)[1]:
        raise PeriodOpen
    with writing():
        return _frozen(period)


def _frozen(period: str) -> FrozenBatch:
    known = frozen_batch(period)
    if known is not None:
        return known
    parts = [row for part in parts_of(period) for row in _frozen(part).counts]
    first, after = bounds(period)
    facts = CaseFact.objects.filter(kind=FactKind.GRANTED, on__gte=first, on__lt=after)
    counted = count((Fact(f.sex, bytes(f.child_key), bytes(f.family_key)) for f in facts), Population.NEW, period)
    whole = add_up(counted, parts)
    batch = FrozenBatch(period, digest(whole), whole)
    _keep(batch, instant.now())
    return batch


def approve_counts(*, period: str, seen_digest: str, by: Actor, basis: Basis) -> None:
    """Let a frozen period go to the region, as the kommun's admin login; no branch can write an approval.

    What the period is made of goes along, since no release of it can be protected without that (regional §6.2).
    `seen_digest` is of the counts that the manager looked at. Raises CountsNotFrozen when it is another, NotAllowed.
    """
    check_may(by, Permission.KOMMUN_FIGURES_VIEW, at_second=time())
    with change(Event.COUNTS_APPROVED, about=about_period(period), by=by, basis=basis, task=SEND) as now:
        frozen = frozen_batch(period)
        if frozen is None or frozen.digest != seen_digest:
            raise CountsNotFrozen
        for part in _with_parts(period):
            CountApproval(period=part, digest=_digest_of(part), approved_at=now).save(force_insert=True)


def send_again(*, period: str, by: Actor, basis: Basis) -> None:
    """Ask that all approved counts go to the region once more, for a build that found its intake empty.

    `period` is the approved one the manager stood at. Raises CountsNotFrozen when it is not approved, NotAllowed.
    """
    check_may(by, Permission.KOMMUN_FIGURES_VIEW, at_second=time())
    with change(Event.COUNTS_SENT_AGAIN, about=about_period(period), by=by, basis=basis, task=SEND):
        if not CountApproval.objects.filter(period=period).exists():
            raise CountsNotFrozen


def _with_parts(period: str) -> list[str]:
    return [period, *(inner for part in parts_of(period) for inner in _with_parts(part))]


def _digest_of(period: str) -> str:
    return FrozenPeriod.objects.get(period=period).digest


def about_period(period: str) -> UUID:
    """Give the id under which the log speaks of a period."""
    return uuid5(NAMESPACE_URL, f"hlt:period:{period}")


def _keep(batch: FrozenBatch, now: datetime) -> None:
    FrozenPeriod(period=batch.period, digest=batch.digest, frozen_at=now).save(force_insert=True)
    for row in batch.counts:
        FrozenCount(
            population=row.population,
            period=row.period,
            coordinates=row.coordinates,
            n=row.n,
            persons=row.persons,
            families=row.families,
        ).save(force_insert=True)
