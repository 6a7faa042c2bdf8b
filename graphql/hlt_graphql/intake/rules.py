"""A delivered count, and when a batch is whole and unchanged."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Delivered:
    """One true count of one kommun; `digest` is of the whole batch (kommun and period) that it came with."""

    kommunkod: str
    population: str
    period: str
    coordinates: str
    n: int
    persons: int
    families: int
    digest: str


def digest_of(batch: Iterable[Delivered]) -> str:
    """Give the SHA-256 of one kommun's counts of one period, as the kommun computes it when it freezes them."""
    lines = (f"{c.population}|{c.period}|{c.coordinates}|{c.n}|{c.persons}|{c.families}" for c in batch)
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def manifests_of(counts: Iterable[Delivered]) -> dict[tuple[str, str], str | None]:
    """Give {(kommunkod, period): digest}; None where a batch is not what its digest says, or two of them came."""
    batches: dict[tuple[str, str], list[Delivered]] = {}
    for row in counts:
        batches.setdefault((row.kommunkod, row.period), []).append(row)
    return {key: _one_digest(batch) for key, batch in batches.items()}


def _one_digest(batch: list[Delivered]) -> str | None:
    told = {row.digest for row in batch}
    return digest_of(batch) if told == {digest_of(batch)} else None
