"""Holds the parts of a stack: they run together, and when one ends, all end (operations §2, ADR 0014).

`python supervisor.py <plan.json>`, the first process of a PID namespace where that is to be had: what is left when it
leaves, the kernel ends. It reads no part's output, since a child that holds the pipe would hide its parent's death.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

LOOK_SECONDS = 0.05
GRACE_SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class Part:
    """One foreground command, run in a process group of its own; its output goes to the file `log`."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: str
    after: str = ""  # the file that it waits for; empty = none
    end_by: int = signal.SIGTERM
    is_last: bool = False  # ended when all others have: the server that they write to

    def start(self) -> int:
        """Start it and give its process id."""
        output = (os.POSIX_SPAWN_OPEN, 1, self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        to_both = [output, (os.POSIX_SPAWN_DUP2, 1, 2)]
        return os.posix_spawnp(self.command[0], self.command, self.environment, file_actions=to_both, setsid=True)


class Supervisor:
    """Starts each part when its file is there, waits until one ends, then ends the others."""

    def __init__(self, parts: Collection[Part], told: Path) -> None:
        self.waiting, self.told = list(parts), told
        self.running: dict[int, Part] = {}
        self.groups: list[int] = []

    def hold(self) -> None:
        """Return when everything has ended: by a part's own end, or by SIGTERM or SIGINT to us."""
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, leave)
        try:
            while True:
                self.start_what_may()
                for part, status in self.ended():
                    self.told.write_text(f"{part.name} ended{how(status)}, so every part was stopped.", "utf-8")
                    return
                time.sleep(LOOK_SECONDS)
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            self.end()

    def start_what_may(self) -> None:
        for part in [part for part in self.waiting if not part.after or Path(part.after).exists()]:
            self.waiting.remove(part)
            pid = part.start()
            self.running[pid] = part
            self.groups.append(pid)

    def ended(self) -> Iterator[tuple[Part, int]]:
        """Reap what has ended, also orphans that became ours; give the parts among it with their wait status."""
        with suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                if part := self.running.pop(found[0], None):
                    yield part, found[1]

    def end(self) -> None:
        """Ask all to end, the database after the others; kill whole groups of what is left."""
        for is_last in (False, True):
            for pid, part in self.running.items():
                if part.is_last == is_last:
                    os.kill(pid, part.end_by)
            self.wait(is_last)
        for part in self.running.values():
            sys.stdout.write(f"{part.name} did not end in time and was killed\n")
        for group in self.groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)

    def wait(self, is_last: bool) -> None:
        limit = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < limit and any(part.is_last == is_last for part in self.running.values()):
            for _ in self.ended():
                pass
            time.sleep(LOOK_SECONDS)


def leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def how(status: int) -> str:
    """Say how a process ended, for a person."""
    code = os.waitstatus_to_exitcode(status)
    return f" (killed by signal {-code})" if code < 0 else f" (exit code {code})"


if __name__ == "__main__":
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Supervisor([Part(**part) for part in plan["parts"]], Path(plan["told"])).hold()
