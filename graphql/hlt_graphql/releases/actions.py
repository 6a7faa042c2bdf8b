"""What publishers do with a candidate: approve as the second person, publish, take back (regional §3.1)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import time
from uuid import UUID

from django.db import DatabaseError, connections

from hlt_graphql.releases.errors import BY_SQLSTATE
from hlt_graphql.releases.signing import sign
from hlt_graphql.trace.changing import regional_change
from hlt_graphql.trace.rules import RegionEvent
from hlt_identity.door import Actor
from hlt_identity.roles import Permission, check_may

ALIAS = "publisher"
APPROVE = "SELECT region.approve_candidate(%s, %s, %s)"
PUBLISH = "SELECT published.publish_candidate(%s, %s, %s, %s, %s)"
WITHDRAW = "SELECT published.withdraw_release(%s, %s, %s)"


def approve_release(*, candidate: UUID, expected_digest: str, by: Actor) -> None:
    """Approve a candidate that somebody else built, as it was when it was looked at.

    Raises CandidateUnknown, SecondPersonNeeded, ReleaseStepNotAllowed, DigestDiffers; the database decides.
    """
    check_may(by, Permission.RELEASE_APPROVE, at_second=time())
    with regional_change(RegionEvent.RELEASE_APPROVED, about=candidate, by=by, using=ALIAS):
        _ask(APPROVE, [candidate, expected_digest, by.person_id])


def publish_release(*, candidate: UUID, expected_digest: str, by: Actor) -> UUID:
    """Sign and publish an approved candidate as the next link of the chain; give the release's id.

    Raises as `approve_release`, and BuiltOnAnother when the chain has grown since the build.
    """
    check_may(by, Permission.RELEASE_APPROVE, at_second=time())
    with regional_change(RegionEvent.RELEASE_PUBLISHED, about=candidate, by=by, using=ALIAS):
        made = _ask(PUBLISH, [candidate, expected_digest, by.person_id, *sign(expected_digest)])
    return UUID(str(made))


def withdraw_release(*, release: UUID, reason: str, by: Actor) -> None:
    """Hide the values of a release and say why; its rows stay, and a second call changes nothing."""
    check_may(by, Permission.RELEASE_APPROVE, at_second=time())
    with regional_change(RegionEvent.RELEASE_WITHDRAWN, about=release, by=by, using=ALIAS):
        _ask(WITHDRAW, [release, by.person_id, reason])


def _ask(statement: str, values: Sequence[str | bytes | UUID]) -> object:
    with _refusals(), connections[ALIAS].cursor() as cursor:
        cursor.execute(statement, values)
        return (cursor.fetchone() or (None,))[0]


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn the database's own refusals into ours; every other fault stays what it is."""
    try:
        yield
    except DatabaseError as fault:
        known = BY_SQLSTATE.get(getattr(fault.__cause__, "sqlstate", None) or "")
        if known is None:
            raise
        raise known from fault
