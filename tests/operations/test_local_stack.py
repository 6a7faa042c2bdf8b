"""`make up` on real parts: nothing is left behind by any kill, and nothing is lost (operations §15.17)."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
ENV = {key: value for key, value in os.environ.items() if not key.startswith(("HLT_", "DJANGO_")) or key == "HLT_CACHE"}
ENV |= {"HLT_STACK": "cycle", "HLT_DEMO": "people"}
PORTS = ("HLT_WEB_PORT", "HLT_KEYCLOAK_PORT", "HLT_KEYCLOAK_MANAGEMENT_PORT")


def local(*words: str, **extra: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / "infra" / "local"), *words]
    return subprocess.run(command, env={**ENV, **extra}, capture_output=True, text=True, check=False, timeout=280)


def told() -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(local("status", "--json").stdout)
    return answer


def ports() -> set[int]:
    lines = (ROOT / ".hlt" / "cycle" / "env").read_text(encoding="utf-8").splitlines()
    return {int(line.split("=")[1]) for line in lines if line.split("=")[0] in PORTS}


def listening() -> set[int]:
    taken = {one.laddr.port for one in psutil.net_connections("tcp") if one.status == psutil.CONN_LISTEN and one.laddr}
    return taken & ports()


def pid_of(part: str) -> int:
    if part == "supervisor":
        return int((ROOT / ".hlt" / "cycle" / "supervisor").read_text(encoding="ascii").split()[0])
    return next(int(row["pid"]) for row in told()["parts"] if row["name"] == part)


def newest_child(main: psutil.Process) -> psutil.Process | None:
    """Give what does a part's work; multiprocessing's own helper came before it."""
    return max(main.children(), key=lambda child: child.pid, default=None)


def readable(part: str) -> Iterator[str]:
    """Give what a part's processes know: each one's environment, and the files of settings and secrets it reads."""
    first = psutil.Process(pid_of(part))
    for process in (first, *first.children(recursive=True)):
        known = process.environ()
        yield " ".join(known.values())
        if part not in ("postgres", "keycloak"):
            yield Path(known.get("HLT_ENV_FILE", ROOT / ".hlt" / "cycle" / "env")).read_text("utf-8")
            yield Path(known["HLT_KEYRING"]).read_text("utf-8")


def wait_until_nothing_runs() -> None:
    limit = time.monotonic() + 20
    while time.monotonic() < limit and (listening() or any(row["pid"] for row in told()["parts"])):
        time.sleep(0.2)
    assert ({row["state"] for row in told()["parts"]}, listening()) == ({"stopped"}, set())


@pytest.fixture(scope="module")
def own_stack() -> Iterator[None]:
    yield
    assert local("down").returncode == 0


@pytest.fixture
def stack(own_stack: None) -> None:
    """A running stack, whatever the test before did to it."""
    started = local("up")
    assert started.returncode == 0, started.stdout + started.stderr


@pytest.mark.usefixtures("stack")
def test_every_part_runs_and_every_kommun_has_an_address() -> None:
    assert [(row["name"], row["state"]) for row in told()["parts"]] == [
        ("postgres", "running"),
        ("keycloak", "running"),
        ("web", "running"),
        ("relay", "running"),
        ("beat", "running"),
        ("worker_kommun", "running"),
        ("worker_region", "running"),
        ("worker_identity", "running"),
    ]
    assert len(told()["hosts"]) == 15


@pytest.mark.usefixtures("stack")
def test_no_running_part_holds_what_makes_other_parts_passwords() -> None:
    folder = ROOT / ".hlt" / "cycle"
    known = dict(line.split("=", 1) for line in (folder / "env").read_text(encoding="utf-8").splitlines())
    secrets = {known[key] for key in ("HLT_MASTER_KEY", "HLT_SUPERUSER_URL", "HLT_KEYCLOAK_ADMIN_SECRET")}
    for part in (row["name"] for row in told()["parts"]):
        found = {secret for secret in secrets for text in readable(part) if secret in text}
        # Keycloak keeps the name of its own first administrator; nobody else knows it.
        assert found == ({known["HLT_KEYCLOAK_ADMIN_SECRET"]} if part == "keycloak" else set()), part


@pytest.mark.usefixtures("stack")
def test_sql_as_a_login_is_bound_by_that_logins_rights() -> None:
    own = local("psql", "k2480_school", "-At", "-c", "SELECT count(*) FROM k2480.child")
    other = local("psql", "k2480_school", "-v", "VERBOSITY=verbose", "-c", "SELECT count(*) FROM k2481.child")
    assert own.stdout.strip().isdigit()
    assert "42501" in other.stderr


@pytest.mark.usefixtures("stack")
def test_who_is_refused_before_the_body_is_read_gets_the_answer() -> None:
    region = urlsplit(told()["region"]["graphql"])
    connection = HTTPConnection("127.0.0.1", region.port, timeout=30)
    connection.request(
        "POST", region.path, b" " * 5_000_000, {"Host": region.netloc, "Content-Type": "application/json"}
    )
    assert connection.getresponse().status == 401
    connection.close()


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize("part", ["supervisor", "postgres", "web"])
def test_a_kill_leaves_no_process_no_port_and_all_data(part: str) -> None:
    mark = f"team {part} {time.time_ns()}"
    row = f"(gen_random_uuid(), '{mark}', '', '')"
    sql = f"BEGIN READ WRITE; INSERT INTO k2480.team (id, name, phone, meets_every) VALUES {row}; COMMIT"
    assert local("psql", "k2480_admin", "-c", sql).returncode == 0
    os.kill(pid_of(part), signal.SIGKILL)
    wait_until_nothing_runs()
    assert local("up").returncode == 0
    assert local("psql", "k2480_school", "-At", "-c", f"SELECT 1 FROM team WHERE name = '{mark}'").stdout == "1\n"


@pytest.mark.usefixtures("stack")
@pytest.mark.parametrize("part", ["web", "worker_kommun"])
def test_a_child_that_is_killed_is_replaced_and_the_stack_goes_on(part: str) -> None:
    main = psutil.Process(pid_of(part))
    killed = newest_child(main)
    assert killed is not None
    killed.kill()
    limit = time.monotonic() + 60
    while newest_child(main) in (None, killed):
        assert time.monotonic() < limit
        time.sleep(0.1)
    assert {row["state"] for row in told()["parts"]} == {"running"}


@pytest.mark.usefixtures("stack")
def test_a_part_that_lives_and_does_nothing_is_called_silent() -> None:
    stopped, heartbeat = psutil.Process(pid_of("relay")), ROOT / ".hlt" / "cycle" / "heartbeats" / "relay"
    stopped.suspend()
    try:
        long_ago = time.time() - 120
        os.utime(heartbeat, (long_ago, long_ago))
        assert [row["name"] for row in told()["parts"] if row["state"] == "silent"] == ["relay"]
        heartbeat.unlink()  # as before its first one
        assert {row["state"] for row in told()["parts"]} == {"running"}
    finally:
        stopped.resume()


@pytest.mark.usefixtures("own_stack")
def test_where_namespaces_are_not_to_be_had_the_next_up_ends_what_a_kill_left() -> None:
    local("down")
    assert local("up", HLT_PLAIN_SUPERVISOR="1").returncode == 0
    os.kill(pid_of("supervisor"), signal.SIGKILL)
    assert {row["state"] for row in told()["parts"]} == {"left over"}
    again = local("up")
    assert again.returncode == 0, again.stdout
    assert {row["state"] for row in told()["parts"]} == {"running"}


@pytest.mark.usefixtures("stack")
def test_down_leaves_nothing_and_says_so() -> None:
    assert local("down").returncode == 0
    wait_until_nothing_runs()
