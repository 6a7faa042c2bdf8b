"""The ground of a measurement: one PostgreSQL of its own, installed as in production, and a clock for processors."""

import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "infra" / "local"), str(ROOT)]

from postgres import Server, stop  # noqa: E402


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor time of one call in milliseconds: of this process, and of the database's."""

    own: float
    database: float

    @property
    def both(self) -> float:
        return self.own + self.database


@contextmanager
def installed() -> Iterator[Server]:
    """Give a server with 15 kommuner, for as long as the block runs; Django is set up on it."""
    folder = Path(tempfile.mkdtemp(prefix="hlt-bench-"))
    folder.chmod(0o711)
    server = Server(folder / "postgres", fragile=True)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="bench_settings",
        HLT_DB_HOST=str(server.sockets),
        HLT_MASTER_KEY="5e" * 32,
        HLT_ENV_FILE=str(folder / "no-env-file"),
        HLT_KEYS_DIR=str(folder / "keys"),
        HLT_DOMAIN="hlt.localhost",
    )
    child = server.start()
    try:
        install(server)
        yield server
    finally:
        stop(child)
        shutil.rmtree(server.sockets, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def install(server: Server) -> None:
    import django

    django.setup()
    from django.conf import settings

    from hlt_tenants.registry.install import install_databases

    settings.HLT_SUPERUSER_URL = server.conninfo()
    install_databases(lambda _line: None)


def backends(server: Server) -> list[psutil.Process]:
    """Give every process of the database."""
    pid = int((server.data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def spent(server: Server) -> float:
    """Give the processor seconds of the database so far; those of backends that ended are not in it."""
    total = 0.0
    for process in backends(server):
        try:
            times = process.cpu_times()
            total += times.user + times.system
        except psutil.NoSuchProcess:
            continue
    return total


def measured(server: Server, call: Callable[[], object], *, rounds: int, times: int) -> Cost:
    """Give the median cost of a call over `rounds`, each of `times` calls; two rounds before are thrown away."""
    costs: list[Cost] = []
    gc.collect()
    gc.freeze()
    for _round in range(rounds + 2):
        database, own = spent(server), time.process_time()
        for _time in range(times):
            call()
        own_ms = (time.process_time() - own) * 1000 / times
        costs.append(Cost(own_ms, (spent(server) - database) * 1000 / times))
    kept = costs[2:]
    return Cost(median(cost.own for cost in kept), median(cost.database for cost in kept))


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
