"""What was frozen in this kommun, for its own jobs and its administration."""

from dataclasses import dataclass
from datetime import datetime

from hlt_tenants.reporting.models import CountApproval, FrozenCount, FrozenPeriod
from hlt_tenants.reporting.rules import PeriodCount


@dataclass(frozen=True, slots=True)
class FrozenBatch:
    """A frozen period with its counts (in a fixed order) and their digest."""

    period: str
    digest: str
    counts: tuple[PeriodCount, ...]


@dataclass(frozen=True, slots=True)
class FrozenFacts:
    """A frozen period without its numbers; `approved_at` None = a manager has not let it go."""

    period: str
    frozen_at: datetime
    approved_at: datetime | None


def frozen_periods() -> tuple[FrozenFacts, ...]:
    """Give every counted period: first those that wait for a manager, then the others, newest first."""
    approved = {(row.period, row.digest): row.approved_at for row in CountApproval.objects.all()}
    frozen = FrozenPeriod.objects.order_by("-frozen_at", "-period")
    facts = [FrozenFacts(row.period, row.frozen_at, approved.get((row.period, row.digest))) for row in frozen]
    return tuple(sorted(facts, key=lambda one: one.approved_at is not None))


def frozen_batch(period: str) -> FrozenBatch | None:
    """Give a period as it was frozen, approved or not; None when it has not been counted."""
    found = FrozenPeriod.objects.filter(period=period).first()
    return None if found is None else FrozenBatch(period, found.digest, counts_of(period))


def approved_batches() -> tuple[FrozenBatch, ...]:
    """Give every period that a manager let go, oldest first; a build needs all of them, not only the newest."""
    approved = set(CountApproval.objects.values_list("period", "digest"))
    frozen = FrozenPeriod.objects.order_by("frozen_at", "period")
    return tuple(
        FrozenBatch(row.period, row.digest, counts_of(row.period))
        for row in frozen
        if (row.period, row.digest) in approved
    )


def counts_of(period: str) -> tuple[PeriodCount, ...]:
    """Give the frozen counts in the order in which their digest was made; empty before the freeze."""
    rows = FrozenCount.objects.filter(period=period).order_by("population", "coordinates")
    return tuple(
        PeriodCount(row.population, row.period, row.coordinates, row.n, row.persons, row.families) for row in rows
    )
