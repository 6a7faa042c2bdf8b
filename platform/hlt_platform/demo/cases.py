"""Five years of invented cases at the real scale, lived kommun by kommun, as many at a time as there are cores."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from itertools import islice
from multiprocessing import get_context

from hlt_platform.demo.beginning import begin
from hlt_platform.demo.living import live
from hlt_platform.demo.places import SEED
from hlt_platform.demo.staff import seats
from hlt_platform.demo.stories import Story, stories
from hlt_tenants.casework.counted import signals_here
from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.provision import KommunFacts, known_kommuner


def live_cases(today: date, total: int, tell: Callable[[str], None]) -> int:
    """Live what is not yet lived, `total` children a year in all kommuner together; give how many stories that was.

    The two cities take as long as all others together, so the largest begin. Each kommun is a process of its own.
    """
    largest_first = sorted(known_kommuner(), key=lambda facts: -facts.children_0_15)
    lived = 0
    with ProcessPoolExecutor((os.cpu_count() or 1) + 1, get_context("spawn"), initializer=begin) as pool:
        jobs = {pool.submit(live_kommun, facts.kommunkod, today, total): facts for facts in largest_first}
        for job in as_completed(jobs):
            lived += job.result()
            tell(f"{jobs[job].name}: {job.result()} stories")
    return lived


def live_kommun(kommunkod: str, today: date, total: int) -> int:
    """Live one kommun's stories in their order, from the first that nobody has begun; give how many."""
    facts = next(facts for facts in known_kommuner() if facts.kommunkod == kommunkod)
    missing = list(islice(_stories(facts, today, total), begun(kommunkod), None))
    for story in missing:
        live(story, today)
    return len(missing)


def begun(kommunkod: str) -> int:
    """Give how many signals a kommun has: a story begins with one, so that an interrupted run goes on where it was."""
    found = 0
    for branch in BRANCHES:
        with inside(Where(kommunkod, branch)):
            found += signals_here()
    return found


def _stories(facts: KommunFacts, today: date, total: int) -> Iterator[Story]:
    people = [seat for seat in seats(SEED) if seat.kommunkod == facts.kommunkod]
    told = stories(SEED, facts, people, today, total)
    return (story for story in told if story.deeds[0][1] <= today)
