"""Is the platform installed? Asked by the login that pages use, so that a new pod begins only when they can."""

import time
from collections.abc import Callable

from django.db import DatabaseError

from hlt_tenants.registry.models import Kommun
from hlt_tenants.registry.provision import known_kommuner
from hlt_tenants.registry.rules import KommunState

PAUSE_SECONDS = 2.0


def not_there() -> frozenset[str]:
    """Give the kommunkoder of the table that no host leads to yet; all of them while the database does not answer."""
    wanted = frozenset(facts.kommunkod for facts in known_kommuner())
    try:
        known = Kommun.objects.using("registry").exclude(state=KommunState.NEW).values_list("kommunkod", flat=True)
        return wanted - frozenset(known)
    except DatabaseError:
        return wanted


def wait(seconds: float, *, asked: Callable[[], frozenset[str]] = not_there) -> frozenset[str]:
    """Ask until nothing is missing or the time is over; give what is missing then."""
    limit = time.monotonic() + seconds
    while (missing := asked()) and time.monotonic() < limit:
        time.sleep(PAUSE_SECONDS)
    return missing
