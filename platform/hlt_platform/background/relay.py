"""The relay: a ring over all outboxes, woken by a notification and in any case every five seconds (operations §3)."""

import logging
import time
from collections.abc import Iterator
from typing import Any

import psycopg
from celery import Celery
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from kombu.exceptions import OperationalError
from psycopg.conninfo import make_conninfo

from hlt_identity.errands.homes import Declared, Home, declared
from hlt_identity.errands.messages import Message
from hlt_identity.errands.relaying import Publish, is_due, pass_on, sweep
from hlt_identity.errands.waking import CHANNEL
from hlt_platform.background.ears import Ears
from hlt_platform.background.heartbeat import beats
from hlt_platform.background.queues import as_queues
from hlt_platform.background.tasks import HOMES

log = logging.getLogger("hlt.relay")
SWEEP_SECONDS = 5.0
BUSY_SECONDS = 0.05
TROUBLE = (DatabaseError, psycopg.Error, OperationalError, OSError)


def publisher(app: Celery) -> Publish:
    """Give what sends one message: a task's name and four headers, to the one queue of its scope."""
    from hlt_platform.celery_app import key_of

    def publish(task: Declared, message: Message, traceparent: str | None) -> None:
        name = task.home.queue_of(message.scope, task.pace)
        route: dict[str, Any] = {"queue": as_queues([name])[0], "exchange": "", "routing_key": name}
        headers = message.headers(key_of(message.scope), traceparent)
        app.send_task(message.task, headers=headers, task_id=str(message.event), retry=False, **route)

    return publish


def ring() -> Iterator[tuple[Home, str]]:
    """Give every scope that is open now, kommun by kommun, so that nobody's flood keeps another waiting."""
    for home in HOMES.values():
        for scope in home.scopes():
            yield home, scope


def go_round(publish: Publish, *, sweeping: bool) -> int:
    """Do one round; give how many messages were sent. A scope in trouble does not stop the others."""
    sent = 0
    tasks = {task.name: task for task in declared()}
    for home, scope in ring():
        try:
            if sweeping:
                sweep(home, scope)
            if is_due(home, scope):
                sent += pass_on(home, scope, tasks, publish)
        except TROUBLE as fault:
            log.error("relay: %s in %s", type(fault).__name__, scope)
            connections.close_all()
    return sent


def listening() -> str:
    """Give how the relay's own login reaches the database in which outboxes knock."""
    place = settings.DATABASES["relay"]
    return make_conninfo(
        host=place["HOST"], port=place["PORT"], dbname=place["NAME"], user=place["USER"], password=place["PASSWORD"]
    )


def run(app: Celery) -> None:
    """Go round for ever; what cannot be reached now is tried again after five seconds."""
    publish, swept_at, ears = publisher(app), 0.0, Ears(listening(), CHANNEL)
    while True:
        sweeping = time.monotonic() - swept_at >= SWEEP_SECONDS
        try:
            sent = go_round(publish, sweeping=sweeping)
        except TROUBLE as fault:
            log.error("relay: %s", type(fault).__name__)
            connections.close_all()
            sent = 0
        if sweeping:
            swept_at = time.monotonic()
            close_old_connections()
            beats("relay")
        ears.wait(BUSY_SECONDS if sent else SWEEP_SECONDS)
