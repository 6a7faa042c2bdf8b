"""A command whose reader has gone ends without a word, whichever it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HLT = [sys.executable, "-m", "hlt_platform"]


@pytest.mark.parametrize(
    "command",
    [[*HLT, "local", "status"], [*HLT, "ring", "beat"], [sys.executable, str(ROOT / "infra" / "local"), "status"]],
    ids=["hlt local", "hlt", "make status"],
)
def test_nobody_reads_on(command: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    # A stack that was never started: what is printed does not depend on this machine.
    env = {**os.environ, "HLT_STACK": "unheard"}
    run = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=env, text=True, check=False)
    os.close(writer)
    assert (run.returncode, run.stderr) == (141, "")
