"""Invented cases, never real ones, and the chain of releases they give: 600 a year by each kommun's children."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from hlt_graphql.disclosure.periods import quarters_of, with_finer
from hlt_graphql.intake.rules import Delivered, digest_of
from hlt_graphql.releases.cells import PublishedCell
from hlt_graphql.releases.cube import Base, Link, base_of
from hlt_graphql.releases.protection import Protection

CHILDREN = {
    "2401": 1181, "2403": 407, "2404": 1015, "2409": 1181, "2417": 669, "2418": 530, "2421": 888, "2422": 389,
    "2425": 354, "2460": 1890, "2462": 990, "2463": 412, "2480": 23445, "2481": 2260, "2482": 13253,
}  # fmt: skip
CASES_A_YEAR, SIBLINGS, GIRLS = 600, 0.1, 0.45
CODES = ("", "sex=K", "sex=M")
Case = tuple[str, str, int]
Protect = Callable[[Base, bytes], Protection]


def cases(years: Iterable[int], seed: int) -> dict[str, list[Case]]:
    """Give per kommun (quarter, sex, family) of every invented case; a tenth are siblings of somebody of that year."""
    luck = np.random.default_rng(seed)
    whole = sum(CHILDREN.values())
    made: dict[str, list[Case]] = {kommun: [] for kommun in sorted(CHILDREN)}
    for year in years:
        for kommun, rows in made.items():
            number = int(luck.poisson(CASES_A_YEAR * CHILDREN[kommun] / whole))
            rows += _of_a_year(luck, year, number, len(rows))
    return made


def _of_a_year(luck: np.random.Generator, year: int, number: int, first: int) -> list[Case]:
    families = [first + index for index in range(number)]
    for index in range(1, number):
        if luck.random() < SIBLINGS:
            families[index] = families[int(luck.integers(index))]
    quarters, girls = luck.integers(1, 5, number), luck.random(number) < GIRLS
    return [(f"{year}-Q{quarters[i]}", "K" if girls[i] else "M", families[i]) for i in range(number)]


def delivered(made: Mapping[str, Iterable[Case]], periods: Iterable[str]) -> tuple[Delivered, ...]:
    """Count the cases of every period and all inside it, as a kommun does when it freezes them."""
    wanted = sorted({inner for period in periods for inner in with_finer(period)})
    batches = (
        [_count(kommun, rows, period, code) for code in CODES] for kommun, rows in made.items() for period in wanted
    )
    return tuple(sealed for batch in batches for sealed in _sealed(batch))


def _count(kommun: str, rows: Iterable[Case], period: str, code: str) -> Delivered:
    quarters = set(quarters_of(period))
    found = [family for quarter, sex, family in rows if quarter in quarters and code in ("", f"sex={sex}")]
    return Delivered(kommun, "NEW", period, code, len(found), len(found), len(set(found)), "")


def _sealed(batch: list[Delivered]) -> list[Delivered]:
    seal = digest_of(batch)
    return [
        Delivered(c.kommunkod, c.population, c.period, c.coordinates, c.n, c.persons, c.families, seal) for c in batch
    ]


def periods_of(first: int, last: int) -> tuple[str, ...]:
    """Give the periods in the order they are released: each quarter, the year after its last, the block after three."""
    told: list[str] = []
    for year in range(first, last + 1):
        told += [*quarters_of(str(year)), str(year)]
        told += [f"{year - 2}/{year}"] if (year - 2021) % 3 == 2 and year - 2 >= first else []
    return tuple(told)


@dataclass(frozen=True)
class Step:
    """One release of an invented chain."""

    base: Base
    protection: Protection


def released_chain(
    made: Mapping[str, Iterable[Case]],
    periods: Iterable[str],
    protect: Protect,
    silent: Mapping[str, Collection[str]] | None = None,
) -> Iterator[Step]:
    """Release period after period as the build does, without a database; `silent` = who has not reported by then."""
    chain: list[Link] = []
    earlier: list[PublishedCell] = []
    for period in periods:
        gone = (silent or {}).get(period, ())
        counts = delivered(made, [link.period for link in chain] + [period])
        came = [c for c in counts if c.kommunkod not in gone or _was_sent(c.period, chain)]
        base = base_of(came, period, chain, earlier, f"{period}|{len(chain)}")
        protection = protect(base, sha256(base.name.encode()).digest())
        yield Step(base, protection)
        chain.append(Link(period, frozenset(base.missing)))
        earlier += protection.cells


def _was_sent(period: str, chain: Iterable[Link]) -> bool:
    return any(period in with_finer(link.period) for link in chain)
