"""Beat: asks for what is due by the calendar. It remembers nothing, so it may be killed, doubled or late."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
from django.db import DatabaseError, connections

from hlt_identity.errands.planning import Planned, Turn, plan
from hlt_platform.background.heartbeat import beats
from hlt_platform.background.schedule import SCHEDULE

log = logging.getLogger("hlt.beat")
ROUND_SECONDS = 5.0
Known = set[tuple[str, str, str]]


def wanted(now: datetime) -> Iterator[tuple[Planned, Turn, str]]:
    """Give every planned task with the turn that has begun by now, for every scope that is open."""
    for planned in SCHEDULE:
        turn = planned.turn(now)
        if turn is not None:
            for scope in planned.home.scopes():
                yield planned, turn, scope


def go_round(known: Known, now: datetime) -> None:
    """Plant what is wanted and was not planted in this life; the database knows what was planted in another."""
    for planned, turn, scope in wanted(now):
        if (planned.task, turn.period, scope) not in known:
            plan(planned, turn, scope, now)
            known.add((planned.task, turn.period, scope))


def run() -> None:
    """Go round for ever; a database that is away is asked again after five seconds."""
    known: Known = set()
    while True:
        try:
            go_round(known, datetime.now(UTC))
            beats("beat")
        except (DatabaseError, psycopg.Error) as fault:
            log.error("beat: %s", type(fault).__name__)
            connections.close_all()
        time.sleep(ROUND_SECONDS)
