"""A worker of one home: takes from its queues only, and can send nothing."""

import os
from collections.abc import Iterable
from typing import Any

from celery import bootsteps
from django.db import connections

from hlt_platform.background.heartbeat import beats
from hlt_platform.background.queues import as_queues, names
from hlt_platform.background.tasks import HOMES

HEARTBEAT_SECONDS = 5.0


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
    from hlt_platform.celery_app import app

    chosen = tuple(scopes) or HOMES[home].every()
    app.conf.task_queues = as_queues(names(HOMES[home], chosen))
    # A connection must not be shared over a fork.
    connections.close_all()
    app.steps["worker"].add(Heartbeat)
    app.worker_main(words(home, processes=processes))


class Heartbeat(bootsteps.StartStopStep):
    """Touch the worker's file as long as its own loop turns."""

    requires = ("celery.worker.components:Timer",)

    def start(self, parent: Any) -> None:
        part = f"worker_{str(parent.hostname).partition('@')[0]}"
        beats(part)
        parent.timer.call_repeatedly(HEARTBEAT_SECONDS, beats, (part,))
