"""Asking for work in the transaction of the change that needs it: both are there, or neither (operations §3)."""

from datetime import datetime
from uuid import UUID

from hlt_identity.errands.rules import State
from hlt_identity.errands.waking import wake
from hlt_tenants.registry.context import here
from hlt_tenants.registry.outbox.models import Outbox

NOTED = "kommun.noted"


def queue(task: str, *, ref_id: UUID, branch: str | None, now: datetime) -> None:
    """Ask for a task about one row, from inside `change()`; `branch` is whose login it runs as, None = jobs.

    Nothing runs when the transaction does not commit. A row of NOTED says that nothing follows from the step: it is
    written as done, costs no message, and is tidied away with the others.
    """
    nothing_follows = task == NOTED
    Outbox(
        task=task,
        branch=branch,
        ref_id=ref_id,
        created_at=now,
        not_before=now,
        state=State.DONE if nothing_follows else State.WAITING,
        done_at=now if nothing_follows else None,
    ).save(force_insert=True)
    if not nothing_follows:
        wake(here().kommunkod, using="default")
