"""Asking for the region's work in the transaction of the change that needs it: both are there, or neither."""

from datetime import datetime
from uuid import UUID

from hlt_graphql.trace.models import RegionOutbox
from hlt_identity.errands.rules import State
from hlt_identity.errands.waking import wake

NOTED = "region.noted"


def queue(task: str, *, ref_id: UUID, now: datetime, using: str = "regional") -> None:
    """Ask for a task about one row, from inside `regional_change()` of the same alias.

    A row of NOTED says that nothing follows: it is written as done and costs no message.
    """
    nothing_follows = task == NOTED
    RegionOutbox(
        task=task,
        ref_id=ref_id,
        created_at=now,
        not_before=now,
        state=State.DONE if nothing_follows else State.WAITING,
        done_at=now if nothing_follows else None,
    ).save(using=using, force_insert=True)
    if not nothing_follows:
        wake("region", using=using)
