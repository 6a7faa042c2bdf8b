"""Done once: the effect of an errand and the note that it is done are one transaction (operations §3)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import IntegrityError

from hlt_identity.errands.homes import Errand
from hlt_identity.errands.rows import DoneRow


class AlreadyDone(Exception):
    """Another delivery of the same errand has had its effect; nothing is left to do."""


@dataclass(slots=True)
class Running:
    errand: Errand
    has_settled: bool = False


_running: ContextVar[Running | None] = ContextVar("hlt_errand", default=None)


@contextmanager
def running(errand: Errand) -> Iterator[None]:
    """Let the transactions of a task know which errand they are for."""
    token = _running.set(Running(errand))
    try:
        yield
    finally:
        _running.reset(token)


def is_running() -> bool:
    return _running.get() is not None


def settle(done: type[DoneRow], *, using: str) -> None:
    """Note, in the open transaction, that the errand is done; outside a task do nothing.

    Raises AlreadyDone when it was, and RuntimeError for a second transaction of one errand: after a kill between the
    two, the first would be done and never the second. More work is more rows.
    """
    current = _running.get()
    if current is None:
        return
    if current.has_settled:
        raise RuntimeError("one errand is one transaction: ask for more rows")
    current.has_settled = True
    errand = current.errand
    try:
        note = done(event_id=errand.event, task=errand.task, done_at=datetime.now(UTC))
        note.save(using=using, force_insert=True)
    except IntegrityError as known:
        raise AlreadyDone from known
