"""How the clock works: every night each branch's own login finds what is due, and asks for one errand per step.

The branch's login, since no other may see or move what is its own (ADR 0013).
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from uuid import UUID

from hlt_identity.door import Actor, enter_as_clock
from hlt_identity.errands.homes import Errand
from hlt_identity.errors import NotFound
from hlt_tenants.audit import instant
from hlt_tenants.audit.changing import writing
from hlt_tenants.casework.errors import TooEarly, WrongState
from hlt_tenants.registry.branches import BRANCHES
from hlt_tenants.registry.outbox.home import kommun_task
from hlt_tenants.registry.outbox.queueing import queue

Due = Callable[[str, date], Collection[UUID]]


def nightly(step: str, due: Due) -> tuple[str, ...]:
    """Declare one task per branch that asks for `step` about everything due; give their names, for the calendar."""
    return tuple(_declared(f"{step}_due_{branch}", branch, step, due) for branch in BRANCHES)


def _declared(name: str, branch: str, step: str, due: Due) -> str:
    @kommun_task(name, login=branch)
    def ask(_errand: Errand) -> None:
        with writing():
            for ref in due(branch, instant.today()):
                queue(step, ref_id=ref, branch=branch, now=instant.now())

    return name


@contextmanager
def as_clock(errand: Errand) -> Iterator[Actor]:
    """Act as the clock of the errand's branch; what somebody did meanwhile stands, and nothing is left to do."""
    with suppress(WrongState, TooEarly, NotFound):
        yield enter_as_clock(kommunkod=errand.scope, branch=str(errand.branch))
