"""Pages of kommun × branch pairs drawn at random, run every way a process runs pages, by our borders or a peer's."""

import asyncio
import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, connections

from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.provision import known_kommuner

SEED, THREADS, PAGES, TASKS = 20261124, 6, 300, 300
Pair = tuple[str, str]
PAIRS: list[Pair] = [(facts.kommunkod, branch) for facts in known_kommuner() for branch in BRANCHES]


@dataclass(frozen=True, slots=True)
class Borders:
    """How one product enters a kommun and branch, reads which of the marked children it sees, and ends a page."""

    entered: Callable[[Pair], AbstractContextManager[object]]
    seen: Callable[[Pair], set[UUID]]
    ended: Callable[[], None]
    marked: dict[Pair, UUID]

    def read_wrong(self, pair: Pair) -> str:
        """Give "wrong" for anything but exactly the pair's own child, "error" for a refusal, else nothing."""
        try:
            return "" if self.seen(pair) == {self.marked[pair]} else "wrong"
        except DatabaseError:
            return "error"


@dataclass(frozen=True, slots=True)
class Tally:
    """Pages read, pages that saw what is not theirs, pages that met an error."""

    pages: int
    wrong: int
    errors: int

    @classmethod
    def of(cls, told: Iterable[str]) -> "Tally":
        words = list(told)
        return cls(len(words), words.count("wrong"), words.count("error"))


def by_threads(borders: Borders) -> Tally:
    """Six threads of a server, a page at a time in each."""

    def page(pair: Pair) -> str:
        with borders.entered(pair):
            told = borders.read_wrong(pair)
        borders.ended()
        return told

    with ThreadPoolExecutor(THREADS) as threads:
        return Tally.of(threads.map(page, _drawn(THREADS * PAGES)))


def by_threads_looking_aside(borders: Borders) -> Tally:
    """The same, where each page looks into a second pair in between and then goes on with its own."""

    def page(pairs: tuple[Pair, Pair]) -> str:
        own, other = pairs
        with borders.entered(own):
            with borders.entered(other):
                aside = borders.read_wrong(other)
            told = borders.read_wrong(own)
        borders.ended()
        return told or aside

    drawn = _drawn(2 * THREADS * PAGES // 6)
    with ThreadPoolExecutor(THREADS) as threads:
        return Tally.of(threads.map(page, zip(drawn[::2], drawn[1::2], strict=True)))


def by_tasks(borders: Borders) -> Tally:
    """300 tasks on one event loop, each of which waits for something between entering and reading."""
    draw = random.Random(SEED)

    async def page(pair: Pair) -> str:
        with borders.entered(pair):
            await asyncio.sleep(draw.random() / 50)
            return borders.read_wrong(pair)

    async def all_pages() -> list[str]:
        # As when whoever starts the tasks has asked the database before: they share Django's one wrapper.
        connections["default"]
        tasks = [asyncio.create_task(page(pair)) for pair in _drawn(TASKS)]
        try:
            return list(await asyncio.gather(*tasks))
        finally:
            # One that failed does not stop the others, and each may open a connection again.
            await asyncio.gather(*tasks, return_exceptions=True)
            borders.ended()

    # In a thread of its own: browser tests keep a loop in this one.
    with ThreadPoolExecutor(1) as pool:
        return Tally.of(pool.submit(asyncio.run, all_pages()).result())


def _drawn(count: int) -> list[Pair]:
    draw = random.Random(SEED)
    return [draw.choice(PAIRS) for _ in range(count)]


WAYS: dict[str, Callable[[Borders], Tally]] = {
    "threads": by_threads,
    "threads, looking aside": by_threads_looking_aside,
    "tasks on one loop": by_tasks,
}
