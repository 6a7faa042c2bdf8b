"""The only writer of received copies: decide, freeze, hash, hand over, in the transaction of the step (law §3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import Refused
from hlt_tenants.audit.instant import day_of
from hlt_tenants.consent.models import Disclosure, ReceivedCopy
from hlt_tenants.consent.rules import Facts, Request, decide


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to give: of which case, what it is, and the text exactly as the receiver will have it."""

    case_id: UUID
    kind: str
    source_id: UUID
    category: str
    brief_subject: str
    content: str
    facts: Mapping[str, object] | None = None


def give_copy(item: Item, request: Request, facts: Facts, *, by: Actor, now: datetime) -> None:
    """Write the sender's decision and the receiver's frozen copy; call inside `change()`.

    Raises Refused with every reason of `decide()`; then the whole step is undone. Source: L-03, L-04, INV3.
    """
    refusals = decide(request, facts, day_of(now))
    if refusals:
        raise Refused(*refusals)
    digest = sha256(item.content.encode()).digest()
    decision = Disclosure(
        owner_branch=request.from_branch,
        case_id=item.case_id,
        item_kind=item.kind,
        source_id=item.source_id,
        to_branch=request.to_branch,
        ground=request.ground,
        category=request.category,
        need_motive=request.motive,
        reference=request.reference,
        decided_by=by.person_id,
        decided_at=now,
        content_sha256=digest,
    )
    decision.save(force_insert=True)
    ReceivedCopy(
        owner_branch=request.to_branch,
        from_branch=request.from_branch,
        disclosure_id=decision.id,
        case_id=item.case_id,
        item_kind=item.kind,
        category=request.category,
        brief_subject=item.brief_subject,
        content=item.content,
        facts=item.facts,
        sha256=digest,
        received_at=now,
    ).save(force_insert=True)
