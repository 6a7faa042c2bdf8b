"""Beat: asks for what is due by the calendar. It remembers nothing, so it may be killed, doubled or late."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
from django.db import DatabaseError, connections

from hlt_identity.errands.planning import Planned, plan, turn_at
from hlt_platform.background.heartbeat import beats
from hlt_platform.background.schedule import SCHEDULE

log = logging.getLogger("hlt.beat")
ROUND_SECONDS = 5.0
Known = set[tuple[str, str, str]]


def wanted(now: datetime) -> Iterator[tuple[Planned, str, str]]:
    """Give every (planned task, period, scope) that has begun by now."""
    for planned in SCHEDULE:
        turn = turn_at(planned, now)
        for scope in planned.home.scopes() if turn else ():
            yield planned, turn.period if turn else "", scope


def go_round(known: Known, now: datetime) -> None:
    """Plant what is wanted and was not planted in this life; the database knows what was planted in another."""
    for planned, period, scope in wanted(now):
        turn = turn_at(planned, now)
        if turn and (planned.task, period, scope) not in known:
            plan(planned, turn, scope, now)
            known.add((planned.task, period, scope))


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
