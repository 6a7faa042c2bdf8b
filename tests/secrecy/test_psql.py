"""The borders by the command that people have: `hlt local psql LOGIN`, and what it answers to which login."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cast import UMEA
from tests.rows import child_in

from postgres import Server

ROOT = Path(__file__).resolve().parents[2]
Psql = Callable[[str, str], str]
DENIED = "ERROR:  42501"
# What is tried -> who is refused, the SQL, what comes instead, and the login that it is right for.
REFUSED = {
    "another kommun": ("k2480_school", "SELECT 1 FROM k2481.child", DENIED, "k2481_school"),
    "another branch": ("k2480_school", "SELECT 1 FROM k2480.child WHERE name = 'Tage'", "", "k2480_social"),
    "a kommun for the region": ("hlt_region", "SELECT 1 FROM k2480.child", DENIED, "k2480_social"),
    "a row counter": ("hlt_region", "SELECT 1 FROM pg_stat_all_tables WHERE n_live_tup >= 0", DENIED, "hlt_owner"),
    "another role": ("k2480_school", "SET ROLE hlt_owner; SELECT 1", DENIED, "hlt_provisioner"),
    "another role by a setting": (
        "k2480_school",
        "SELECT 1 FROM (SELECT set_config('role', 'hlt_owner', false)) x",
        DENIED,
        "hlt_provisioner",
    ),
}


@pytest.fixture(scope="module")
def psql(server: Server, kommuner: None) -> Iterator[Psql]:
    """The real command, on a stack whose env file names the server of this run."""
    child_in(UMEA, "social", "Tage")
    child_in("2481", "school")
    stack = ROOT / ".hlt" / f"psql-{os.getpid()}"
    stack.mkdir(parents=True)
    place = {"HLT_DB_HOST": str(server.sockets), "HLT_DB_PORT": "5432", "HLT_DB_NAME": "hlt"}
    names = {"HLT_MASTER_KEY": os.environ["HLT_MASTER_KEY"], **place}
    (stack / "env").write_text("".join(f"{name}={value}\n" for name, value in names.items()), encoding="utf-8")
    env = {**os.environ, "HLT_STACK": stack.name, "HLT_PG_BIN": str(server.binaries)}
    hlt = [str(Path(sys.executable).parent / "hlt"), "local", "psql"]

    def ask(login: str, sql: str) -> str:
        words = [*hlt, login, "-At", "-v", "VERBOSITY=sqlstate", "-c", sql]
        run = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
        return (run.stdout + run.stderr).strip()

    yield ask
    (stack / "env").unlink()
    stack.rmdir()


@pytest.mark.parametrize("attempt", REFUSED)
def test_psql_refuses_what_it_answers_to_the_rightful_login(psql: Psql, attempt: str) -> None:
    refused, sql, instead, rightful = REFUSED[attempt]
    assert "1" in psql(rightful, sql).splitlines()
    assert psql(refused, sql) == instead
