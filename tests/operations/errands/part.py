"""`python part.py <relay|beat|worker> …`: a part as in production, with short leases and tasks that tests ask for."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from typing import TYPE_CHECKING

from hlt_identity.errands import rules
from hlt_platform.background import heartbeat, transport
from hlt_platform.cli import main

if TYPE_CHECKING:
    from hlt_identity.errands.homes import Errand

rules.LIMITS[rules.Pace.QUICK] = rules.Limits(3, 4)
rules.GRACE_SECONDS = 2
heartbeat.EVERY_SECONDS = 1.0
transport.STANDS_SECONDS = 4.0
rules.WAITS_SECONDS = (0, 0, 0, 0, 0)


def note_run(kommunkod: str, errand: Errand) -> None:
    """Remember, past every transaction of the task, that its body began."""
    import psycopg

    from hlt_tenants.registry.secrets import MasterKey

    password = MasterKey(bytes.fromhex(os.environ["TEST_MASTER_KEY"])).secret("hlt_owner")
    place = f"host={os.environ['HLT_DB_HOST']} dbname=hlt user=hlt_owner password={password}"
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(f"INSERT INTO k{kommunkod}.body_ran (event) VALUES (%s)", [errand.event])


def add(errand: Errand) -> None:
    """Have an effect that would show if it came twice."""
    from django.db import connection

    from hlt_tenants.audit.changing import writing

    note_run(errand.scope, errand)
    time.sleep(random.uniform(0, 0.03))
    with writing(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect (event) VALUES (%s)", [errand.event])
        time.sleep(random.uniform(0, 0.01))


def quick(errand: Errand) -> None:
    """Have an effect and nothing else: for measuring."""
    from django.db import connection

    from hlt_tenants.audit.changing import writing

    with writing(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect (event) VALUES (%s)", [errand.event])


def slow(errand: Errand) -> None:
    """Take so long that the worker can be told to stop in the middle."""
    note_run(errand.scope, errand)
    time.sleep(2.5)
    quick(errand)


def poison(errand: Errand) -> None:
    note_run(errand.scope, errand)
    os.kill(os.getpid(), signal.SIGKILL)


def fail(errand: Errand) -> None:
    note_run(errand.scope, errand)
    raise LookupError("Elsa 20170504-2382 must not be told")


def stubborn(errand: Errand) -> None:
    """Hear no soft limit, so that each start ends by the hard one."""
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    time.sleep(60)


def declare_all() -> None:
    from hlt_tenants.registry.outbox.home import kommun_task

    for run in (add, quick, slow, poison, fail, stubborn):
        kommun_task(f"test.{run.__name__}")(run)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = f"hlt_platform.settings.{sys.argv[1]}"
    os.environ["HLT_WORKER_HOME"] = sys.argv[2] if len(sys.argv) > 2 else ""
    import django

    django.setup()
    declare_all()
    if "TEST_STOP_SECONDS" in os.environ:
        from hlt_platform.celery_app import app

        app.conf.worker_soft_shutdown_timeout = float(os.environ["TEST_STOP_SECONDS"])
    main(sys.argv[1:])
