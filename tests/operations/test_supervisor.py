"""What holds the parts together: real processes, no parts of ours, and no namespace that would tidy up after it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

import lifecycle
from stack import Stack

ROOT = Path(__file__).resolve().parents[2]
SUPERVISOR = ROOT / "infra" / "local" / "supervisor.py"
WITH_A_CHILD = "sleep 300 & wait"  # the child holds the output open when its parent dies


class Held:
    """A supervisor that runs shell lines as its parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **parts: dict[str, Any]) -> psutil.Process:
        common = {"environment": dict(os.environ)}
        plan = {
            "told": str(self.folder / "ended"),
            "parts": [{"name": name, "log": str(self.folder / name), **common, **part} for name, part in parts.items()],
        }
        (self.folder / "plan").write_text(json.dumps(plan), encoding="utf-8")
        self.process = subprocess.Popen([sys.executable, str(SUPERVISOR), str(self.folder / "plan")])
        return psutil.Process(self.process.pid)

    def ended(self) -> list[psutil.Process]:
        """Wait until the supervisor has left; give what it left behind."""
        assert self.process is not None
        every = psutil.Process(self.process.pid).children(recursive=True)
        self.process.wait(timeout=30)
        return psutil.wait_procs(every, timeout=5)[1]

    def why(self) -> str:
        return (self.folder / "ended").read_text(encoding="utf-8")


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    one = Held(tmp_path)
    yield one
    if one.process is not None and one.process.poll() is None:
        one.process.terminate()
        one.process.wait(timeout=30)


def line(text: str, **more: Any) -> dict[str, Any]:
    return {"command": ["sh", "-c", text], **more}


def when(there: Callable[[], bool]) -> None:
    limit = time.monotonic() + 20
    while not there():
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_part_killed_over_a_living_child_ends_everything(held: Held) -> None:
    supervisor = held.start(web=line(WITH_A_CHILD), other=line(WITH_A_CHILD))
    when(lambda: len(supervisor.children(recursive=True)) == 4)
    assert held.process is not None
    every = supervisor.children(recursive=True)
    supervisor.children()[0].send_signal(signal.SIGKILL)
    held.process.wait(timeout=30)
    assert psutil.wait_procs(every, timeout=5)[1] == []
    assert held.why() == "web ended (killed by signal 9), so every part was stopped."


def test_a_part_that_gives_up_is_named_with_its_exit_code(held: Held) -> None:
    held.start(web=line("exit 3"), other=line(WITH_A_CHILD))
    assert held.ended() == []
    assert held.why() == "web ended (exit code 3), so every part was stopped."


def test_the_database_is_asked_to_end_when_the_others_have(held: Held) -> None:
    slow = "trap 'sleep 0.5; echo web >> order; exit' TERM; touch web.up; while :; do sleep 0.05; done"
    server = "trap 'echo postgres >> order; exit' INT; touch postgres.up; while :; do sleep 0.05; done"
    here = f"cd {held.folder}; "
    last = {"end_by": int(signal.SIGINT), "is_last": True}
    supervisor = held.start(postgres=line(here + server, **last), web=line(here + slow))
    when(lambda: all((held.folder / f"{part}.up").exists() for part in ("web", "postgres")))
    supervisor.terminate()
    assert held.ended() == []
    assert (held.folder / "order").read_text(encoding="utf-8") == "web\npostgres\n"
    assert not (held.folder / "ended").exists()


def test_a_part_waits_for_its_file(held: Held) -> None:
    flag, made = held.folder / "installed", held.folder / "made"
    held.start(first=line(f"touch {made}; {WITH_A_CHILD}"), web=line(f"touch {made}.too; exit 4", after=str(flag)))
    when(made.exists)
    assert not made.with_suffix(".too").exists()
    flag.touch()
    assert held.ended() == []
    assert held.why().startswith("web ended (exit code 4)")


def test_who_starts_a_stack_that_another_is_starting_is_told_to_wait() -> None:
    stack = Stack(f"twice-{os.getpid()}")
    command = [sys.executable, str(ROOT / "infra" / "local"), "up"]
    try:
        with lifecycle.alone(stack):
            env = {**os.environ, "HLT_STACK": stack.name}
            run = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert (run.returncode, "wait for it" in run.stdout + run.stderr) == (1, True)
        assert [file.name for file in stack.folder.iterdir()] == ["starting"]
    finally:
        shutil.rmtree(stack.folder)
