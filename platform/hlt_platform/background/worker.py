"""A worker of one home: takes from its queues only, and can send nothing."""

import logging
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from celery import bootsteps
from celery.worker.state import reserved_requests
from django.db import connections

from hlt_platform.background import heartbeat
from hlt_platform.background.queues import as_queues, names
from hlt_platform.background.tasks import HOMES
from hlt_platform.background.transport import Transport

log = logging.getLogger("hlt.worker")
# A message's id and when a process began with it, in seconds of the clock; None = no process has said so yet.
Start = tuple[str, float | None]


def words(home: str, *, processes: int) -> list[str]:
    """Give Celery's start line; no gossip and no mingling, which would make queues of their own."""
    return [
        "worker",
        f"--hostname={home}@%h",
        f"--concurrency={processes}",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
        "--loglevel=WARNING",
    ]


def run(home: str, *, processes: int, scopes: Iterable[str] = ()) -> None:
    """Work for a home, or for some of its kommuner, until told to stop."""
    # SIGTERM must let the running task end, then stop; Celery's own answer to it waits without end.
    os.environ.setdefault("REMAP_SIGTERM", "SIGQUIT")
    from hlt_platform.background.stopping import Worker
    from hlt_platform.celery_app import app

    chosen = tuple(scopes) or HOMES[home].every()
    app.conf.task_queues = as_queues(names(HOMES[home], chosen))
    # A connection must not be shared over a fork.
    connections.close_all()
    app.steps["worker"].add(Heartbeat)
    app.Worker = app.subclass_with_self(Worker)  # type: ignore[misc]
    app.worker_main(words(home, processes=processes))


class Heartbeat(bootsteps.StartStopStep):
    """Touch the worker's file as long as it asks for work and what it took ends in time: a stalled pool is no life."""

    requires = ("celery.worker.components:Timer",)

    def start(self, parent: Any) -> None:
        part = f"worker_{str(parent.hostname).partition('@')[0]}"
        heartbeat.beats(part)
        parent.timer.call_repeatedly(heartbeat.EVERY_SECONDS, beat, (part, Taken()))


def beat(part: str, taken: "Taken") -> None:
    """Say that the worker works; say nothing but an error when it stands longer than silence may be work."""
    now = time.monotonic()
    overdue = taken.overdue({start_of(task): lease_of(task) for task in reserved_requests}, now)
    if overdue:
        log.error("%s tasks should have ended long ago: the heartbeat stops, so that the worker is begun anew", overdue)
    elif Transport.stands(now):
        log.error("the consumer asks for no work: the heartbeat stops, so that the worker is begun anew")
    else:
        heartbeat.beats(part)


def start_of(request: Any) -> Start:
    """Tell one start of a task from the next: a task that is begun anew at once bears the id it had."""
    return str(request.id), request.time_start


def lease_of(request: Any) -> float:
    seconds: float = request.task.declared.limits.lease.total_seconds()
    return seconds


@dataclass
class Taken:
    """When each start of a task that a worker holds was first seen, in seconds of the monotonic clock."""

    since: dict[Start, float] = field(default_factory=dict)

    def overdue(self, leases: Mapping[Start, float], now: float) -> int:
        """Give how many are held longer than their lease (in seconds): a pool that lives ends them before."""
        self.since = {task: self.since.get(task, now) for task in leases}
        return sum(now - since > leases[task] for task, since in self.since.items())
