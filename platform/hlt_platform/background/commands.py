"""`hlt relay`, `hlt beat`, `hlt worker <home>`, `hlt ring`, `hlt broker install`: the processes behind the pages."""

import argparse
import sys

from hlt_platform.settings import rings

HOMES = ("kommun", "region", "identity")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the four groups."""
    subparsers.add_parser("relay", help="send what is due in the outboxes, for ever").set_defaults(run=run_relay)
    subparsers.add_parser("beat", help="ask for what is due by the calendar, for ever").set_defaults(run=run_beat)
    worker = subparsers.add_parser("worker", help="do the work of one home, for ever")
    worker.add_argument("home", choices=HOMES)
    worker.add_argument("--processes", type=int, default=1)
    worker.add_argument("--kommuner", default="", help="kommunkoder with commas between; all when left out")
    worker.set_defaults(run=run_worker)
    ring = subparsers.add_parser("ring", help="print the secrets that a part is handed in place of the master key")
    ring.add_argument("part", choices=rings.PARTS)
    ring.add_argument("--kommuner", default="", help="kommunkoder with commas between; all when left out")
    ring.set_defaults(run=run_ring)
    broker = subparsers.add_parser("broker", help="the embedded broker").add_subparsers(required=True)
    broker.add_parser("install", help="logins and queues; may run again").set_defaults(run=run_install)


# Imported when chosen: each process has settings of its own, and only these know a broker.
def run_relay(_arguments: argparse.Namespace) -> int:
    from hlt_platform.background import relay
    from hlt_platform.celery_app import app

    relay.run(app)
    return 0


def run_beat(_arguments: argparse.Namespace) -> int:
    from hlt_platform.background import beat

    beat.run()
    return 0


def run_worker(arguments: argparse.Namespace) -> int:
    from hlt_platform.background import worker

    scopes = tuple(filter(None, arguments.kommuner.split(",")))
    worker.run(arguments.home, processes=arguments.processes, scopes=scopes)
    return 0


def run_ring(arguments: argparse.Namespace) -> int:
    """Print a key ring as HLT_KEYRING wants it: for a Secret of the cluster, never for a screen that others see."""
    from django.conf import settings

    from hlt_tenants.registry.provision import known_kommuner
    from hlt_tenants.registry.secrets import MasterKey

    if not isinstance(settings.HLT_KEYS, MasterKey):
        sys.exit("Rings are made where the master key is: set HLT_MASTER_KEY, and no HLT_KEYRING.")
    every = [facts.kommunkod for facts in known_kommuner()]
    codes = list(filter(None, arguments.kommuner.split(","))) or every
    sys.stdout.write(rings.ring(arguments.part, codes, settings.HLT_KEYS))
    return 0


def run_install(_arguments: argparse.Namespace) -> int:
    from hlt_platform.background.broker import install_broker

    sys.stdout.write(f"broker: {install_broker()} queues\n")
    return 0
