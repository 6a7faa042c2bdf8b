"""`hlt identity …`: the realm as code, and a token of a machine client for trying the API."""

import argparse
import sys
from collections.abc import Callable
from functools import wraps

import requests
from django.conf import settings
from keycloak.exceptions import KeycloakConnectionError

from hlt_identity.oidc.assertion import assertion
from hlt_identity.oidc.client_keys import key_file
from hlt_identity.oidc.endpoints import backend
from hlt_identity.oidc.keys import TIMEOUT
from hlt_identity.provisioning import converge
from hlt_identity.provisioning.files import read
from hlt_identity.provisioning.raw import connect

Command = Callable[[argparse.Namespace], int]


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group `identity`."""
    verbs = subparsers.add_parser("identity", help="the realm of Keycloak as code").add_subparsers(required=True)
    verbs.add_parser("plan", help="what apply would change").set_defaults(run=reached(run_plan))
    verbs.add_parser("apply", help="make the realm what infra/realm says").set_defaults(run=reached(run_apply))
    verbs.add_parser("check", help="exit 1 when anything differs or is extra").set_defaults(run=reached(run_check))
    token = verbs.add_parser("token", help="print a bearer token of one of our machine clients")
    token.add_argument("client")
    token.set_defaults(run=reached(run_token))


def reached(run: Command) -> Command:
    """Leave with one sentence when Keycloak does not answer; what else goes wrong stays what it is."""

    @wraps(run)
    def ask(arguments: argparse.Namespace) -> int:
        try:
            return run(arguments)
        except (requests.ConnectionError, KeycloakConnectionError):
            sys.exit(f"Keycloak does not answer at {settings.HLT_KEYCLOAK_URL}: is it running? `make up` starts ours.")

    return ask


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run_plan(_arguments: argparse.Namespace) -> int:
    for change in converge.plan(connect()):
        tell(str(change))
    return 0


def run_apply(_arguments: argparse.Namespace) -> int:
    tell(f"{converge.apply(tell)} writes")
    return 0


def run_check(_arguments: argparse.Namespace) -> int:
    """Exit 1 on drift; each line says what differs, secrets hidden."""
    found = converge.plan(connect())
    for change in found:
        tell(str(change))
    tell(f"{len(found)} differences")
    return 1 if found else 0


def run_token(arguments: argparse.Namespace) -> int:
    known = [name for name in read("clients")["machines"] if key_file(name).is_file()]
    if arguments.client not in known:
        named = ", ".join(known) or "none yet, `hlt identity apply` makes them"
        sys.exit(f"{arguments.client} is no machine client whose key is here (known: {named})")
    form = {"grant_type": "client_credentials", **assertion(arguments.client)}
    answer = requests.post(backend("token"), data=form, timeout=TIMEOUT)
    if not answer.ok:
        sys.exit(f"Keycloak gave {arguments.client} no token ({answer.status_code})")
    tell(answer.json()["access_token"])
    return 0
