"""`hlt demo …`: invented Västerbotten; never in production."""

import argparse
import sys
from collections.abc import Callable

from django.conf import settings

from hlt_identity.provisioning.converge import apply
from hlt_platform.demo.accounts import make_accounts
from hlt_platform.demo.cases import live_cases
from hlt_platform.demo.figures import newest, publish_finished
from hlt_platform.demo.places import fill_teams
from hlt_platform.demo.resources import fill_shelf
from hlt_platform.demo.stories import CHILDREN_A_YEAR, FIRST_YEAR
from hlt_tenants.audit import instant

Run = Callable[[argparse.Namespace], int]


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `demo`."""
    verbs = subparsers.add_parser("demo", help="invented people for the local stack").add_subparsers(required=True)
    verbs.add_parser("accounts", help="let the cast sign in; may run again").set_defaults(run=invented(run_accounts))
    cases = verbs.add_parser("cases", help="five years of invented cases; goes on where it was interrupted")
    cases.add_argument("--children", type=int, default=CHILDREN_A_YEAR, help="a year, in all kommuner together")
    cases.set_defaults(run=invented(run_cases))
    figures = verbs.add_parser("figures", help="publishes every finished period; goes on where it was interrupted")
    figures.add_argument("--since", type=int, default=FIRST_YEAR, help="the first year")
    figures.set_defaults(run=invented(run_figures))
    region = verbs.add_parser("region", help="people, cases, figures and shared resources; what is there stays")
    region.add_argument("--children", type=int, default=CHILDREN_A_YEAR, help="a year, in all kommuner together")
    region.set_defaults(run=invented(run_region))


def invented(run: Run) -> Run:
    """Let a verb run on a machine of its own only: elsewhere it would give known passwords and invented children."""

    def guarded(arguments: argparse.Namespace) -> int:
        if not settings.HLT_DOMAIN.endswith("localhost"):
            sys.exit("hlt demo invents people: it runs only where HLT_DOMAIN ends in localhost")
        return run(arguments)

    return guarded


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_cases(arguments: argparse.Namespace) -> int:
    """Give every kommun its people and live what is not lived yet."""
    hats = fill_teams()
    lived = live_cases(instant.today(), arguments.children, tell)
    tell(f"{hats} hats, {lived} stories")
    return 0


def run_figures(arguments: argparse.Namespace) -> int:
    """Let the managers, Rut and Pia do what they do after each period, for all that are over."""
    made = publish_finished(arguments.since, instant.today(), tell)
    tell(f"{len(made)} releases")
    return 0


def run_region(arguments: argparse.Namespace) -> int:
    """Fill an empty region, and leave the newest figures to its visitors; a filled region stays as it is."""
    tell(f"shared resources: {fill_shelf()} written")
    run_cases(arguments)
    made = publish_finished(FIRST_YEAR, instant.today(), tell, but=newest(instant.today()))
    tell(f"{len(made)} releases")
    return 0


def run_accounts(_arguments: argparse.Namespace) -> int:
    """Make the realm what infra/realm says, and then the people in it."""
    written = apply(lambda _line: None)
    tell(f"{written} writes, {make_accounts()} made")
    return 0
