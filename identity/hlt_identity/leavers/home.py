"""Where background work about who may sign in lives (operations §4)."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from hlt_identity.errands.homes import Declared, Errand, Home, declare
from hlt_identity.errands.rules import Pace
from hlt_identity.models import IdentityInbox, IdentityOutbox

Run = Callable[[Errand], None]
CODE = "identity"
QUEUE = "hlt_identity"


def enter(_scope: str, _login: str) -> AbstractContextManager[object]:
    """Do nothing: identity's alias has one login of its own."""
    return nullcontext()


IDENTITY = Home(
    code=CODE,
    rows=IdentityOutbox,
    done=IdentityInbox,
    scopes=lambda: (CODE,),
    every=lambda: (CODE,),
    enter=enter,
    queues=lambda _scope: (QUEUE,),
    queue_of=lambda _scope, _pace: QUEUE,
    worker_login=CODE,
    relay_login="relay",
    worker=CODE,
    relay="relay",
)


def identity_task(name: str) -> Callable[[Run], Run]:
    """Declare what a row of identity's outbox leads to. The function calls one action and is told ids only."""

    def declaring(run: Run) -> Run:
        declare(Declared(name, IDENTITY, None, Pace.QUICK, run))
        return run

    return declaring
