"""The open questions to guardians, written in the transaction of the step that asks them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.consent.models import Consent
from hlt_tenants.consent.rules import FORM_VERSION, Answer


def ask(
    *,
    signal: UUID,
    guardians: Collection[UUID],
    to_branches: Collection[str],
    categories: Collection[str],
    by: Actor,
    now: datetime,
) -> None:
    """Write one open question per guardian with standing; call inside the step that moves the signal."""
    for guardian in guardians:
        Consent(
            owner_branch=by.own_branch,
            signal_id=signal,
            guardian_id=guardian,
            state=Answer.ASKED,
            to_branches=sorted(to_branches),
            categories=sorted(categories),
            form_version=FORM_VERSION,
            asked_at=now,
        ).save(force_insert=True)
