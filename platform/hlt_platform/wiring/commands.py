"""`hlt figures …`: what an operator needs of the figure's way; approving is done by people, never from here."""

import argparse
import sys
from datetime import UTC, datetime

from hlt_graphql.releases.reads import verify_chain
from hlt_graphql.releases.signing import make_key
from hlt_graphql.trace.reads import verify_trace
from hlt_platform.wiring.publication import freeze, send_counts
from hlt_tenants.registry.provision import known_kommuner


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `figures`."""
    verbs = subparsers.add_parser("figures", help="from counts to releases").add_subparsers(required=True)
    verbs.add_parser("key", help="make the key that signs releases, once").set_defaults(run=run_key)
    verbs.add_parser("verify", help="recompute the chain of releases and the region's log").set_defaults(run=run_verify)
    verbs.add_parser("send", help="send what managers approved to the intake").set_defaults(run=run_send)
    frozen = verbs.add_parser("freeze", help="count a finished period in every kommun")
    frozen.add_argument("period", help="2026-Q4, 2026 or 2024/2026")
    frozen.set_defaults(run=run_freeze)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_key(_arguments: argparse.Namespace) -> int:
    tell(make_key())
    return 0


def run_verify(_arguments: argparse.Namespace) -> int:
    """Exit 1 when a link does not hold; the line says which."""
    releases, broken = verify_chain()
    trace = verify_trace()
    tell(f"{releases} releases, " + ("all hold" if broken is None else f"number {broken} does not hold"))
    tell(f"{trace.links} events, " + ("all hold" if trace.broken_at is None else f"number {trace.broken_at} does not"))
    return 0 if broken is None and trace.broken_at is None else 1


def run_freeze(arguments: argparse.Namespace) -> int:
    for facts in known_kommuner():
        batch = freeze(facts.kommunkod, arguments.period, today=datetime.now(UTC).date())
        tell(f"{facts.slug}: {batch.period} frozen, {batch.digest[:12]}")
    return 0


def run_send(_arguments: argparse.Namespace) -> int:
    for facts in known_kommuner():
        tell(f"{facts.slug}: {send_counts(facts.kommunkod)} counts")
    return 0
