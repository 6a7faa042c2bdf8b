"""One effect per post: a double press, a reload or a resend finds what the first one did (operations §9)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from hlt_identity.door import Actor
from hlt_tenants.audit.following import Follower
from hlt_tenants.drafts.errors import AlreadySent, KeyReused
from hlt_tenants.drafts.models import Once
from hlt_tenants.drafts.sealing import body_hash


@dataclass(frozen=True, slots=True)
class Taken:
    """What the first post led to: answer it again."""

    status: int
    location: str


def taken(*, key: str, body: bytes, by: Actor) -> Taken | None:
    """Tell what a post with this key led to, None when it is new. Raises KeyReused for the same key, other body."""
    row = Once.objects.filter(owner_branch=by.own_branch, person_id=by.person_id, key=key).first()
    if row is None:
        return None
    if bytes(row.body_hash) != body_hash(body):
        raise KeyReused
    return Taken(row.status, row.location)


def keeping(*, key: str, body: bytes, status: int, location: Callable[[UUID], str]) -> Follower:
    """Give what a page hands to `audit.following.along`: the key is used up in the transaction of the step.

    `location` is told what the step was about (the new signal, the case). A twin that was faster makes the step
    raise AlreadySent, and nothing of it remains.
    """

    def keep(about: UUID, by: Actor, now: datetime) -> None:
        row = Once(
            id=uuid4(),
            owner_branch=by.own_branch,
            person_id=by.person_id,
            key=key,
            body_hash=body_hash(body),
            status=status,
            location=location(about),
            created_at=now,
        )
        Once.objects.bulk_create([row], ignore_conflicts=True)
        if not Once.objects.filter(id=row.id).exists():
            raise AlreadySent

    return keep
