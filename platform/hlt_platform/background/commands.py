"""`hlt relay`, `hlt beat`, `hlt worker <home>`, `hlt broker install`: the processes behind the pages."""

import argparse
import sys

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


def run_install(_arguments: argparse.Namespace) -> int:
    from hlt_platform.background.broker import install_broker

    sys.stdout.write(f"broker: {install_broker()} queues\n")
    return 0
