"""Where a kommun's background work lives: its own outbox, its own logins, its own queues (operations §4)."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from hlt_identity.errands.homes import Declared, Errand, Home, declare
from hlt_identity.errands.rules import Pace
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.models import Kommun
from hlt_tenants.registry.outbox.models import Inbox, Outbox
from hlt_tenants.registry.rules import KommunState, schema_of

Run = Callable[[Errand], None]


def open_kommuner() -> tuple[str, ...]:
    """Give the codes of the kommuner that are open now; a frozen one's work waits in its outbox."""
    return tuple(
        Kommun.objects.filter(state=KommunState.OPEN).order_by("kommunkod").values_list("kommunkod", flat=True)
    )


def every_kommun() -> tuple[str, ...]:
    """Give all codes: a kommun's queue must be there before it opens."""
    return tuple(Kommun.objects.order_by("kommunkod").values_list("kommunkod", flat=True))


def enter(kommunkod: str, login: str) -> AbstractContextManager[Where]:
    """Enter a kommun as one of its logins."""
    return inside(Where(kommunkod, login))


def queue_of(kommunkod: str, _pace: Pace) -> str:
    """Give the one queue of a kommun: behind another kommun's flood nobody waits (operations §5)."""
    return f"hlt_{schema_of(kommunkod)}"


KOMMUN = Home(
    code="kommun",
    rows=Outbox,
    done=Inbox,
    scopes=open_kommuner,
    every=every_kommun,
    enter=enter,
    queues=lambda kommunkod: (queue_of(kommunkod, Pace.QUICK),),
    queue_of=queue_of,
    worker_login="jobs",
    relay_login="relay",
    worker="default",
    relay="default",
)


def kommun_task(name: str, *, login: str | None = "jobs") -> Callable[[Run], Run]:
    """Declare what a row of a kommun's outbox leads to; it runs inside that kommun as `login`.

    `login` None: as the branch that the row names. The function calls one action and is told ids only.
    """

    def declaring(run: Run) -> Run:
        declare(Declared(name, KOMMUN, login, Pace.QUICK, run))
        return run

    return declaring
