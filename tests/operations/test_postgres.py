"""The embedded server: quick, closed, alone on its folder, and not misled by what a kill left (tenancy §16.11)."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

import postgres
from postgres import CannotRun, Server, stop


@pytest.fixture
def own_server() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="hlt-pg-"))
    folder.chmod(0o711)
    server = Server(folder / "postgres", fragile=False)
    yield server
    pid_file = server.data / "postmaster.pid"
    if pid_file.is_file():
        os.kill(int(pid_file.read_text(encoding="ascii").split()[0]), signal.SIGQUIT)
    shutil.rmtree(server.sockets)
    shutil.rmtree(folder)


def test_a_second_start_on_the_same_folder_is_refused(own_server: Server) -> None:
    child = own_server.start()
    with pytest.raises(CannotRun, match="make down"):
        own_server.take()
    stop(child)


def test_data_survives_a_kill_and_a_pid_file_that_names_somebody_else(own_server: Server) -> None:
    child = own_server.start()
    with psycopg.connect(own_server.conninfo()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    pid_file = own_server.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{own_server.data}\n", encoding="ascii")
    child = own_server.start()
    with psycopg.connect(own_server.conninfo()) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
    stop(child)


def test_it_listens_on_no_network_address(own_server: Server) -> None:
    child = own_server.start()
    with psycopg.connect(own_server.conninfo()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    stop(child)


def test_the_copy_for_an_account_that_cannot_reach_the_wheel_finds_its_libraries(
    own_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "account", lambda: postgres.Account(os.getuid(), os.getgid()))
    monkeypatch.setattr(postgres, "readable_by_others", lambda _path: False)
    own_server.sockets.mkdir()
    copied = own_server.binaries
    assert copied.is_relative_to(own_server.folder)
    told = subprocess.run([copied / "initdb", "--version"], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
