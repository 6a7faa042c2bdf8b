"""`hlt handbook`: writes the pages that are made from the code, or says which of them are old."""

import argparse
import sys
from collections.abc import Callable

from hlt_platform.handbook import case_steps, roles, words
from hlt_platform.settings.environment import ROOT

FOLDER = ROOT / "infra" / "handbook"
PAGES: dict[str, Callable[[], str]] = {
    "case-steps.md": case_steps.page,
    "roles.md": roles.page,
    "commands.md": words.page,
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command `handbook`."""
    handbook = subparsers.add_parser("handbook", help="write the handbook's pages that are made from the code")
    handbook.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is old")
    handbook.set_defaults(run=run)


def old() -> list[str]:
    """Give the names of pages that say something else than the code."""
    known = {name: FOLDER / name for name in PAGES}
    return [
        name
        for name, page in PAGES.items()
        if not known[name].is_file() or known[name].read_text(encoding="utf-8") != page()
    ]


def run(arguments: argparse.Namespace) -> int:
    names = old()
    for name in names:
        if not arguments.check:
            (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
        sys.stdout.write(f"{name}: {'old' if arguments.check else 'written'}\n")
    return 1 if names and arguments.check else 0
