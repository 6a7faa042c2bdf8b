"""`hlt demo …`: invented Västerbotten; never in production."""

import argparse
import sys

from hlt_identity.provisioning.converge import apply
from hlt_platform.demo.accounts import make_accounts


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `demo`."""
    verbs = subparsers.add_parser("demo", help="invented people for the local stack").add_subparsers(required=True)
    verbs.add_parser("accounts", help="let the cast sign in; may run again").set_defaults(run=run_accounts)


def run_accounts(_arguments: argparse.Namespace) -> int:
    """Make the realm what infra/realm says, and then the people in it."""
    written = apply(lambda _line: None)
    sys.stdout.write(f"{written} writes, {make_accounts()} made\n")
    return 0
