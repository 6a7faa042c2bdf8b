"""Programs that the environment names in place of ours: proved to run here, in a version that serves."""

import re
import subprocess
from functools import cache
from pathlib import Path


class CannotUse(Exception):
    """What the environment names cannot be used; the text is one sentence that names the variable."""


@cache
def checked(variable: str, program: Path, flag: str, needed: int) -> Path:
    """Give the program; raise CannotUse when it does not run with that flag or its major version is below `needed`."""
    try:
        run = subprocess.run([program, flag], capture_output=True, text=True, check=False)
    except OSError as fault:
        raise CannotUse(f"{variable} leads to {program}, which does not run: {fault.strerror}.") from None
    found = re.search(r"(\d+)\.\d[\w.]*", run.stdout + run.stderr)
    if run.returncode or not found or int(found[1]) < needed:
        version = f"version {found[0]}" if found else "no program that tells its version"
        raise CannotUse(f"{variable} leads to {program}, which is {version}; {needed} or newer is needed.")
    return program
