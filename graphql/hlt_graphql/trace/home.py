"""Where the region's background work lives; its worker logs in as hlt_disclosure and is no person (operations §4)."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from hlt_graphql.trace.models import RegionInbox, RegionOutbox
from hlt_identity.errands.homes import Declared, Errand, Home, declare
from hlt_identity.errands.rules import Pace

Run = Callable[[Errand], None]
CODE = "region"
WORKER = "disclosure"


def enter(_scope: str, _login: str) -> AbstractContextManager[object]:
    """Do nothing: the region's aliases each have one login of their own."""
    return nullcontext()


def queue_of(_scope: str, pace: Pace) -> str:
    return "hlt_region_build" if pace is Pace.BUILD else "hlt_region"


REGION = Home(
    code=CODE,
    rows=RegionOutbox,
    done=RegionInbox,
    scopes=lambda: (CODE,),
    every=lambda: (CODE,),
    enter=enter,
    queues=lambda scope: (queue_of(scope, Pace.QUICK), queue_of(scope, Pace.BUILD)),
    queue_of=queue_of,
    worker_login=WORKER,
    relay_login="relay",
    worker=WORKER,
    relay="relay",
)


def region_task(name: str, *, pace: Pace = Pace.QUICK) -> Callable[[Run], Run]:
    """Declare what a row of the region's outbox leads to. The function calls one action and is told ids only."""

    def declaring(run: Run) -> Run:
        declare(Declared(name, REGION, None, pace, run))
        return run

    return declaring
