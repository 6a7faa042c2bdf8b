"""The one command line: `hlt <group> <verb>`. Groups add their own verbs; this file only knows where they are."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from hlt_platform.settings.environment import ROOT

# Each module offers add_parser(subparsers), whose parser sets `run` (arguments -> exit code).
GROUPS = (
    "hlt_tenants.registry.commands",
    "hlt_identity.provisioning.commands",
    "hlt_platform.wiring.commands",
    "hlt_platform.background.commands",
    "hlt_platform.background.operating",
    "hlt_platform.demo.commands",
    "hlt_platform.handbook.commands",
)
# Long-running parts have settings of their own: nobody gets a login that the part does not need.
OWN_SETTINGS = ("relay", "beat", "worker")
PARTS_GROUP = "hlt_platform.background.commands"
UNHEARD = 128 + 13  # what a shell says of a program that SIGPIPE ended


def local(arguments: Sequence[str]) -> int:
    """Hand over to the local stack, which must work before Django can."""
    return subprocess.run([sys.executable, str(ROOT / "infra" / "local"), *arguments], check=False).returncode  # noqa: S603


def parser(groups: Sequence[str] = GROUPS) -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="hlt", description=__doc__)
    subparsers = top.add_subparsers(dest="group", required=True)
    subparsers.add_parser("local", help="the local stack: status, psql, token, logs", add_help=False)
    for name in groups:
        import_module(name).add_parser(subparsers)
    return top


def heard(run: Callable[[], int]) -> int:
    """Give a command's exit code; when nobody reads on, as in `hlt local status | head -1`, UNHEARD without a word."""
    try:
        try:
            return run()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Python writes what is left once more when it ends, and would complain about that too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNHEARD


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(heard(lambda: local(words[1:]) if words[:1] == ["local"] else run_command(words)))


def run_command(words: Sequence[str]) -> int:
    """Choose the settings that the command works with, then run it."""
    part = words[0] if words[:1] and words[0] in OWN_SETTINGS else "command"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"hlt_platform.settings.{part}")
    if part == "worker" and len(words) > 1:
        os.environ["HLT_WORKER_HOME"] = words[1]
    import django

    django.setup()
    chosen = parser(GROUPS if part == "command" else (PARTS_GROUP,)).parse_args(words)
    return int(chosen.run(chosen))
