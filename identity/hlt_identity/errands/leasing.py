"""A worker's side of an outbox: start, end, fail. Each is one short transaction on the errand's row."""

import random
from datetime import UTC, datetime

from hlt_identity.errands.homes import Declared, Errand
from hlt_identity.errands.messages import Message, Reason, Refusal
from hlt_identity.errands.rows import ErrandRow
from hlt_identity.errands.rules import POISON, Standing, Start, State, start_of, wait_after


def begin(task: Declared, message: Message, *, is_redelivered: bool) -> Errand | None:
    """Take the errand, or give None: it is done, given up, not due, or somebody else is at it.

    Raises Refusal when the scope's outbox holds no such row for this task: nothing was asked for.
    """
    now = datetime.now(UTC)
    with task.home.leasing(message.scope):
        row = _locked(task, message)
        if _has_had_its_effect(task, message):
            _end(row, State.DONE, now)
            return None
        standing = Standing(State(row.state), row.starts, row.not_before, row.lease_until)
        start = start_of(standing, is_redelivered=is_redelivered, now=now)
        if start is Start.GIVE_UP:
            row.last_code = POISON
            _end(row, State.DEAD, now)
        if start is not Start.RUN:
            return None
        row.state, row.starts, row.lease_until = State.RUNNING, row.starts + 1, now + task.limits.lease
        row.save(update_fields=["state", "starts", "lease_until"])
    return _errand(message, row)


def finish(task: Declared, message: Message) -> None:
    """Note that an errand is done; a second call changes nothing."""
    with task.home.leasing(message.scope):
        row = _locked(task, message)
        if row.state == State.RUNNING:
            _end(row, State.DONE, datetime.now(UTC))


def fail(task: Declared, message: Message, code: str) -> None:
    """Note why an errand failed, by a code and never a text, and when it comes again; at the sixth time it is dead."""
    now = datetime.now(UTC)
    with task.home.leasing(message.scope):
        row = _locked(task, message)
        if row.state != State.RUNNING:
            return
        row.attempts, row.starts, row.last_code, row.sent_at = row.attempts + 1, 0, code[:40], None
        wait = wait_after(row.attempts, luck=random.random())  # noqa: S311
        if wait is not None:
            row.not_before = now + wait
        row.state, row.lease_until = State.DEAD if wait is None else State.WAITING, None
        row.save(
            update_fields=["state", "attempts", "starts", "last_code", "sent_at", "not_before", "lease_until"],
        )


def _locked(task: Declared, message: Message) -> ErrandRow:
    rows = task.home.rows._default_manager.using(task.home.worker)
    row = rows.select_for_update().filter(id=message.event, task=message.task).first()
    if row is None:
        raise Refusal(Reason.NO_EVENT)
    return row


def _has_had_its_effect(task: Declared, message: Message) -> bool:
    done = task.home.done._default_manager.using(task.home.worker)
    return done.filter(event_id=message.event, task=message.task).exists()


def _end(row: ErrandRow, state: State, now: datetime) -> None:
    if row.state in (State.DONE, State.DROPPED):
        return
    row.state, row.lease_until = state, None
    row.done_at = now if state is State.DONE else None
    row.save(update_fields=["state", "lease_until", "done_at", "last_code"])


def _errand(message: Message, row: ErrandRow) -> Errand:
    branch = getattr(row, "branch", None)
    return Errand(message.scope, message.event, message.task, row.ref_id, row.period, branch, row.created_at)
