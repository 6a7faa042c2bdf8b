"""`hlt outbox list|retry|drop`: what background work was given up, and what an operator decides, on record."""

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import NAMESPACE_URL, UUID, uuid5

from hlt_graphql.trace.changing import region_operated
from hlt_graphql.trace.rules import RegionEvent
from hlt_identity.errands.homes import writing
from hlt_identity.errands.operating import Seen, Why, drop, run_again, unfinished
from hlt_identity.errors import HltError
from hlt_platform.background.tasks import HOMES
from hlt_tenants.audit.changing import operated
from hlt_tenants.audit.rules import Event

OnRecord = Callable[[UUID, UUID, str], AbstractContextManager[None]]
RETRY: dict[str, OnRecord] = {
    "kommun": lambda about, by, why: operated(Event.ERRAND_RETRIED, about=about, operator=by, detail=why),
    "region": lambda about, by, why: region_operated(RegionEvent.ERRAND_RETRIED, about=about, operator=by, detail=why),
    "identity": lambda _about, _by, _why: writing("identity"),
}
DROP: dict[str, OnRecord] = {
    "kommun": lambda about, by, why: operated(Event.ERRAND_DROPPED, about=about, operator=by, detail=why),
    "region": lambda about, by, why: region_operated(RegionEvent.ERRAND_DROPPED, about=about, operator=by, detail=why),
    "identity": lambda _about, _by, _why: writing("identity"),
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `outbox`."""
    verbs = subparsers.add_parser("outbox", help="background work that is not done").add_subparsers(required=True)
    verbs.add_parser("list", help="what waits, runs or was given up").set_defaults(run=run_list)
    for word, run, text in (("retry", run_retry, "try again"), ("drop", run_drop, "never do it")):
        verb = verbs.add_parser(word, help=f"{text}: for what was given up")
        verb.add_argument("scope", help="a kommunkod, region or identity")
        verb.add_argument("event", type=UUID)
        verb.add_argument("--reason", type=Why, choices=list(Why), required=True)
        verb.add_argument("--operator", required=True, help="who decides, as the log shall know it")
        verb.set_defaults(run=run)


def run_list(_arguments: argparse.Namespace) -> int:
    """Print one line per errand; exit 1 when any was given up."""
    seen = [row for home in HOMES.values() for scope in home.every() for row in unfinished(home, scope)]
    for row in seen:
        sys.stdout.write(line_of(row) + "\n")
    dead = sum(row.state == "dead" for row in seen)
    sys.stdout.write(f"{len(seen)} not done, {dead} given up\n")
    return 1 if dead else 0


def line_of(row: Seen) -> str:
    return f"{row.scope:9} {row.event} {row.state:8} {row.tries} tries {row.age_seconds:>7} s {row.task} {row.code}"


def run_retry(arguments: argparse.Namespace) -> int:
    return _decide(arguments, RETRY, lambda home: run_again(HOMES[home], arguments.event, arguments.scope))


def run_drop(arguments: argparse.Namespace) -> int:
    return _decide(arguments, DROP, lambda home: drop(HOMES[home], arguments.event))


def _decide(arguments: argparse.Namespace, on_record: dict[str, OnRecord], act: Callable[[str], None]) -> int:
    """Decide as the home's own worker login does it, in one transaction with the log's line."""
    code = "kommun" if arguments.scope.isdigit() else arguments.scope
    home, operator = HOMES[code], uuid5(NAMESPACE_URL, f"hlt:operator:{arguments.operator}")
    try:
        with (
            home.enter(arguments.scope, home.worker_login),
            on_record[code](arguments.event, operator, str(arguments.reason)),
        ):
            act(code)
    except HltError as refusal:
        sys.stderr.write(f"{refusal.sentence} {refusal.next_step}\n")
        return 1
    return 0
