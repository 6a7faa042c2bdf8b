"""`hlt install`, `hlt kommun …`: the words of the command line for everything in the registry."""

import argparse
import sys

from django.conf import settings

from hlt_tenants.registry.conformance import drift, repair
from hlt_tenants.registry.fitting import DoesNotFit
from hlt_tenants.registry.install import bring_up_to_date, harden_shared, install_databases
from hlt_tenants.registry.provision import KommunFacts, create, known_kommuner
from hlt_tenants.registry.waiting import wait

MISFIT = 3  # the exit code by which `make up` knows that only beginning anew helps


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the groups `install` and `kommun`."""
    install = subparsers.add_parser("install", help="databases, schemas and the 15 kommuner; may run again")
    install.set_defaults(run=run_install)
    kommun = subparsers.add_parser("kommun", help="one kommun or all of them").add_subparsers(required=True)
    for word, run, text in (
        ("create", run_create, "make a kommun of the table"),
        ("migrate", run_migrate, "bring every kommun to the newest tables"),
        ("check", run_check, "compare rights in the database with what the models declare"),
    ):
        verb = kommun.add_parser(word, help=text)
        verb.add_argument("kommunkod", nargs="?")
        verb.set_defaults(run=run)
    verb.add_argument("--repair", action="store_true", help="give logins their passwords and beginnings again first")
    waiting = kommun.add_parser("wait", help="return when every kommun is installed: the gate of new pods")
    waiting.add_argument("--seconds", type=float, default=900, help="give up after this long")
    waiting.set_defaults(run=run_wait)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def chosen(arguments: argparse.Namespace) -> list[KommunFacts]:
    """Give the kommun named, or all; an unknown code ends the command with a sentence."""
    found = [facts for facts in known_kommuner() if arguments.kommunkod in (None, facts.kommunkod)]
    if not found:
        sys.exit(f"{arguments.kommunkod} is not in registry/data/kommuner.csv")
    return found


def run_install(_arguments: argparse.Namespace) -> int:
    """Exit MISFIT, with one sentence on stderr, when what is there was made by another version."""
    try:
        install_databases(tell)
    except DoesNotFit as reason:
        sys.stderr.write(f"{reason}\n")
        return MISFIT
    return 0


def run_create(arguments: argparse.Namespace) -> int:
    for facts in chosen(arguments):
        tell(f"{facts.slug}: {'made' if create(facts, settings.HLT_DOMAIN) else 'was there'}")
    harden_shared()
    return 0


def run_migrate(arguments: argparse.Namespace) -> int:
    for facts in chosen(arguments):
        tell(f"{facts.slug}: {bring_up_to_date(facts.kommunkod)} migrations")
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Exit 1 when anything is missing or extra; each line says which."""
    for facts in chosen(arguments) if arguments.repair else ():
        repair(facts.kommunkod)
    differences = [line for facts in chosen(arguments) for line in drift(facts.kommunkod)]
    for line in differences:
        tell(line)
    tell(f"{len(differences)} differences")
    return 1 if differences else 0


def run_wait(arguments: argparse.Namespace) -> int:
    """Exit 1 when a kommun is still missing after the time given; the line says which."""
    missing = wait(arguments.seconds)
    tell(f"not installed: {', '.join(sorted(missing))}" if missing else "every kommun is installed")
    return 1 if missing else 0
