"""Real relays, workers and beats under test, each with the key ring of its part and nothing more."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import psutil
import psycopg
from tests.logins import rows

from hlt_platform.settings.rings import ring
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.registry.secrets import MasterKey
from postgres import Server

SCRIPT = Path(__file__).with_name("part.py")
KOMMUNER = tuple(facts.kommunkod for facts in known_kommuner())


@dataclass
class Parts:
    """Processes started by one test; `end` stops them all."""

    server: Server
    folder: Path
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start `hlt <words>` with the secrets of its part and no others."""
        part = "_".join(words[:2]) if words[0] == "worker" else words[0]
        file = self.folder / f"ring-{part}"
        file.write_text(ring(part, KOMMUNER, MasterKey(bytes.fromhex(os.environ["HLT_MASTER_KEY"]))), encoding="utf-8")
        own = {key: value for key, value in os.environ.items() if not key.startswith("HLT_")}
        own |= {
            "HLT_DB_HOST": str(self.server.sockets),
            "HLT_KEYRING": str(file),
            "HLT_ENV_FILE": os.devnull,
            "HLT_HEARTBEAT_DIR": str(self.folder),
            "TEST_MASTER_KEY": os.environ["HLT_MASTER_KEY"],
            "REMAP_SIGTERM": "SIGQUIT",
        }
        with (self.folder / f"log-{part}").open("ab") as log:
            child = subprocess.Popen([sys.executable, str(SCRIPT), *words], env=own, stdout=log, stderr=log)
        self.started.append(child)
        return child

    def are_up(self) -> None:
        """Fail when a part that was started has ended by itself."""
        ended = [child.args for child in self.started if child.poll() is not None]
        assert not ended, [(file.name, file.read_text(encoding="utf-8")[-1500:]) for file in self.folder.glob("log-*")]

    def log(self, part: str) -> str:
        return (self.folder / f"log-{part}").read_text(encoding="utf-8")

    def end(self) -> None:
        for child in self.started:
            kill(child)


def kill(child: "subprocess.Popen[bytes]") -> None:
    """Kill a part and everything below it, at once."""
    try:
        every = psutil.Process(child.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        every = []
    for process in (*every, psutil.Process(child.pid) if child.poll() is None else child):
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    child.wait()


def ask(kommunkod: str, task: str, count: int = 1) -> list[UUID]:
    """Write rows as a branch of the kommun does, and knock."""
    events = [uuid4() for _ in range(count)]
    with connected(f"k{kommunkod}_school") as connection:
        connection.execute("SET TRANSACTION READ WRITE")
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO k{kommunkod}.outbox (id, task, created_at, not_before, state, attempts, starts) "
                "VALUES (%s, %s, now(), now(), 'waiting', 0, 0)",
                [(event, task) for event in events],
            )
        connection.execute("SELECT pg_notify('hlt_outbox', %s)", [kommunkod])
    return events


def connected(login: str) -> psycopg.Connection[tuple[object, ...]]:
    from tests.logins import connect

    connection = connect(login)
    connection.autocommit = False
    return connection


def states(kommunkod: str, events: Sequence[UUID]) -> dict[str, int]:
    found = rows(
        f"k{kommunkod}_relay",
        f"SELECT state, count(*) FROM k{kommunkod}.outbox WHERE id = ANY(%s) GROUP BY 1",
        [list(events)],
    )
    return {str(state): int(count) for state, count in found}


def times(kommunkod: str, table: str, events: Sequence[UUID]) -> list[int]:
    """Give how often each event stands in `effect` or `body_ran`, for those that do."""
    found = rows(
        "hlt_owner", f"SELECT count(*) FROM k{kommunkod}.{table} WHERE event = ANY(%s) GROUP BY event", [list(events)]
    )
    return [int(count) for (count,) in found]


def until(holds: Callable[[], bool], what: str, parts: Parts | None = None, seconds: float = 60.0) -> None:
    limit = time.monotonic() + seconds
    while not holds():
        if parts is not None:
            parts.are_up()
        assert time.monotonic() < limit, what
        time.sleep(0.1)
