"""A request with all borders – host, session, door, kommun, branch, row security – against the same with none."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ground
from postgres import Server

KOMMUN, SLUG, BRANCH = "2481", "lycksele", "school_medical"
ROUNDS, TIMES = 7, 40


def page(client: Any) -> Callable[[], bytes]:
    """Give a call that opens the first page after sign-in; fail when it does not open."""

    def call() -> bytes:
        answer = client.get("/")
        if answer.status_code != 200:
            raise SystemExit(f"the page answered {answer.status_code}, so there is nothing to measure")
        content: bytes = answer.content
        return content

    return call


def with_borders() -> Callable[[], bytes]:
    """Sign a school nurse in through the real pages, against the tests' programmable realm."""
    from tests.login.issuer import running
    from tests.login.signing import link_hosts, signed_in, someone, team_hat

    link_hosts()
    nurse = someone()
    team_hat(nurse, KOMMUN, BRANCH)
    with running() as realm:
        return page(signed_in(realm, nurse, SLUG))


def nobody_asks(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Stand where host, session and door stand: put a nurse on the request without asking anything."""
    from tests.cast import as_actor

    from hlt_platform.demo.people import Hat
    from hlt_tenants.registry.context import Where, inside
    from hlt_tenants.registry.hosts import KommunHost

    nurse = as_actor("karin", Hat(KOMMUN, BRANCH, "Elevhälsan", "skolsköterska", "team_member"))
    kommun, where = KommunHost(KOMMUN, SLUG, "Lycksele"), Where(KOMMUN, BRANCH)

    def middleware(request: Any) -> Any:
        told = {"kommun": kommun, "actor": nurse, "received_at": time.time(), "session_ends_at": None, "visit": None}
        for name, value in {**told, "hat": None, "other_places": ()}.items():
            setattr(request, name, value)
        request.urlconf = "hlt_platform.urls_kommun"
        with inside(where):
            return get_response(request)

    return middleware


def apart(server: Server, settings: str) -> ground.Cost:
    """Measure in a process of its own, since there Django has other logins and other middleware."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "HLT_BENCH_SERVER": str(server.folder)}
    run = subprocess.run([sys.executable, __file__], env=env, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(run.stderr[-2000:])
    return ground.Cost(*json.loads(run.stdout.splitlines()[-1]))


def run(server: Server) -> None:
    costs = {
        "without any border": apart(server, "plain_settings"),
        "kommun, branch, row security": apart(server, "keyed_settings"),
    }
    call = with_borders()
    costs["and host, session, door"] = ground.measured(server, call, rounds=ROUNDS, times=TIMES)
    bare = costs["without any border"]
    ground.tell("The first page after sign-in    own CPU ms  database ms   × none")
    for name, cost in costs.items():
        ground.tell(f"  {name:28} {cost.own:10.2f}  {cost.database:10.2f}   {cost.both / bare.both:6.2f}")
    ground.tell(f"  bytes of the page            {len(call()):10}")


def alone() -> None:
    """Be the process without borders: print the cost as two numbers."""
    import django

    django.setup()
    from django.test import Client

    call = page(Client(headers={"Host": f"{SLUG}.hlt.localhost"}))
    cost = ground.measured(Server(Path(os.environ["HLT_BENCH_SERVER"])), call, rounds=ROUNDS, times=TIMES)
    ground.tell(json.dumps([cost.own, cost.database]))


if __name__ == "__main__":
    alone()
