"""The relay's side of an outbox: what is due is sent, what fell silent is sent again (operations §3)."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet

from hlt_identity.errands.homes import Declared, Home
from hlt_identity.errands.messages import Message
from hlt_identity.errands.rows import ErrandRow
from hlt_identity.errands.rules import IN_FLIGHT, WINDOW, State, sent_lease

Publish = Callable[[Declared, Message, str | None], None]


def pass_on(home: Home, scope: str, tasks: Mapping[str, Declared], publish: Publish) -> int:
    """Send what is due of one scope, at most WINDOW at a time in flight; give how many were sent.

    Published inside the transaction: a crash in between sends twice, which is harmless, and never loses. A row whose
    task no longer exists stays, waiting for the version that knows it.
    """
    now = datetime.now(UTC)
    with home.relaying(scope):
        room = WINDOW - _rows(home).filter(state__in=IN_FLIGHT).count()
        due = _due(home, now).filter(task__in=tasks).order_by("not_before")
        taken = list(due.select_for_update(skip_locked=True)[: max(room, 0)])
        for row in taken:
            task = tasks[row.task]
            publish(task, Message(scope, row.id, row.task), row.traceparent)
            _mark_sent(row, task.limits.lease, now)
    return len(taken)


def sweep(home: Home, scope: str) -> int:
    """Let what was sent or started, and has been silent for its lease, wait to be sent again; give how many."""
    with home.relaying(scope):
        silent = _rows(home).filter(state__in=IN_FLIGHT, lease_until__lt=datetime.now(UTC))
        return silent.update(state=State.WAITING, lease_until=None)


def is_due(home: Home, scope: str) -> bool:
    """Ask, without a transaction, whether there is anything to send: what an idle ring costs."""
    with home.enter(scope, home.relay_login):
        return _due(home, datetime.now(UTC)).exists()


def _rows(home: Home) -> QuerySet[ErrandRow]:
    return home.rows._default_manager.using(home.relay)


def _due(home: Home, now: datetime) -> QuerySet[ErrandRow]:
    return _rows(home).filter(state=State.WAITING, not_before__lte=now)


def _mark_sent(row: ErrandRow, lease: timedelta, now: datetime) -> None:
    row.sent_at = row.sent_at or now
    row.state, row.lease_until = State.SENT, now + sent_lease(lease, first_sent_at=row.sent_at, now=now)
    row.save(update_fields=["state", "sent_at", "lease_until"])
