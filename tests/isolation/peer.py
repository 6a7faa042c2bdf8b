"""`python peer.py NAME`: reads marked children on stdin and runs the drawn pages through django-tenants' own borders.

NAME is one of its two context managers. Prints {way: [pages, wrong, errors]}. A process of its own, since its wrapper,
context managers and settings are the library's, as its documentation uses them.
"""

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]


NAMES = ("with tenant", "schema_context")


def numbers(name: str, marked: "dict[tuple[str, str], UUID]") -> "dict[str, list[int]]":
    """Give the peer's numbers on our server, for our marked children."""
    told = json.dumps([[kommun, branch, str(child)] for (kommun, branch), child in marked.items()])
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.isolation.peer_settings", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, __file__, name], input=told, env=env, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise RuntimeError(run.stderr[-2000:])
    counted: dict[str, list[int]] = json.loads(run.stdout)
    return counted


def main() -> None:
    import django

    django.setup()
    from django.db import close_old_connections
    from django_tenants.utils import schema_context
    from tests.isolation.drawn import WAYS, Borders, Pair

    from hlt_tenants.families.models import Child
    from hlt_tenants.registry.models import Kommun

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    marked = {(kommun, branch): UUID(child) for kommun, branch, child in json.load(sys.stdin)}

    def seen(pair: Pair) -> set[UUID]:
        own = Child.objects.filter(owner_branch=pair[1], id__in=list(marked.values()))
        return set(own.values_list("id", flat=True))

    def by_context(pair: Pair) -> AbstractContextManager[object]:
        context: AbstractContextManager[object] = schema_context(f"k{pair[0]}")
        return context

    def by_tenant(pair: Pair) -> AbstractContextManager[object]:
        tenant: AbstractContextManager[object] = Kommun(schema_name=f"k{pair[0]}")
        return tenant

    entered = {"with tenant": by_tenant, "schema_context": by_context}[sys.argv[1]]
    borders = Borders(entered, seen, close_old_connections, marked)
    told = {way: run(borders) for way, run in WAYS.items()}
    sys.stdout.write(json.dumps({way: [tally.pages, tally.wrong, tally.errors] for way, tally in told.items()}))


if __name__ == "__main__":
    main()
