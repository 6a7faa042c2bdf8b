"""The three homes of work, each with its own outbox, logins and queues; and the tasks declared for them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections, transaction

from hlt_identity.errands.rows import DoneRow, ErrandRow
from hlt_identity.errands.rules import LIMITS, Limits, Pace


@dataclass(frozen=True, slots=True)
class Errand:
    """What a task is told: whose work it is (a kommunkod, or region or identity), about which row, for which period."""

    scope: str
    event: UUID
    task: str
    ref_id: UUID | None
    period: str | None
    branch: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Home:
    """Where a kind of work lives.

    `scopes` gives whose work is open now, `every` also who is not open; `enter(scope, login)` logs in, where the login
    is a word of the home. The worker keeps leases as `worker_login` by alias `worker`, the relay as `relay_login` by
    alias `relay`.
    """

    code: str
    rows: type[ErrandRow]
    done: type[DoneRow]
    scopes: Callable[[], tuple[str, ...]]
    every: Callable[[], tuple[str, ...]]
    enter: Callable[[str, str], AbstractContextManager[object]]
    queues: Callable[[str], tuple[str, ...]]
    queue_of: Callable[[str, Pace], str]
    worker_login: str
    relay_login: str
    worker: str
    relay: str

    @contextmanager
    def leasing(self, scope: str) -> Iterator[None]:
        """Open one short transaction in which a worker keeps its leases."""
        with self.enter(scope, self.worker_login), writing(self.worker):
            yield

    @contextmanager
    def relaying(self, scope: str) -> Iterator[None]:
        """Open one short transaction of the relay or of beat."""
        with self.enter(scope, self.relay_login), writing(self.relay):
            yield


@contextmanager
def writing(alias: str) -> Iterator[None]:
    """Open an outermost transaction that may write: logins are read-only until they say otherwise (style §9)."""
    with transaction.atomic(using=alias, durable=True):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")
        yield


@dataclass(frozen=True, slots=True)
class Declared:
    """One task: its name (for ever, as rows name it), its home, the login it works as, and what it does.

    `login` None: the branch that the row names.
    """

    name: str
    home: Home
    login: str | None
    pace: Pace
    run: Callable[[Errand], None]

    @property
    def limits(self) -> Limits:
        return LIMITS[self.pace]


_declared: dict[str, Declared] = {}


def declare(task: Declared) -> None:
    """Make a task known; raise ValueError when another one has its name."""
    if _declared.setdefault(task.name, task).run is not task.run:
        raise ValueError(f"two tasks are called {task.name}")


def declared() -> tuple[Declared, ...]:
    """Give every task whose module was imported, by name."""
    return tuple(_declared[name] for name in sorted(_declared))
