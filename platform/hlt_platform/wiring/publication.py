"""The way of a figure from a kommun to the region; decides nothing (regional §2, §3.2)."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from hashlib import sha256
from hmac import new
from time import time
from uuid import UUID

from django.conf import settings

from hlt_graphql.intake.actions import deliver
from hlt_graphql.intake.rules import Delivered
from hlt_graphql.releases.asking import Asked
from hlt_graphql.releases.build import build_release
from hlt_identity.door import Actor
from hlt_identity.errors import HltError, NotAllowed
from hlt_identity.roles import Permission, check_may
from hlt_tenants.audit.rules import Basis
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.reporting.actions import approve_counts, freeze_period, send_again
from hlt_tenants.reporting.reads import FrozenBatch, FrozenFacts, approved_batches, frozen_batch, frozen_periods


def freeze(kommunkod: str, period: str, *, today: date) -> FrozenBatch:
    """Count a finished period as the kommun's own jobs login; a second call changes nothing. Raises PeriodOpen."""
    with inside(Where(kommunkod, "jobs")):
        return freeze_period(period, today=today)


def counts_for_manager(kommunkod: str, period: str, *, by: Actor) -> FrozenBatch | None:
    """Show a manager of the kommun what was frozen; None before that. Raises NotAllowed.

    No branch login can read these numbers, which span all branches: the kommun's admin login reads them for a person
    whose role may see them, after the permission is asked.
    """
    check_may(by, Permission.KOMMUN_FIGURES_VIEW, at_second=time())
    with _administration(kommunkod, by):
        return frozen_batch(period)


def periods_for_manager(kommunkod: str, *, by: Actor) -> tuple[FrozenFacts, ...]:
    """Tell a manager which periods are counted and which of them may go; as `counts_for_manager`."""
    check_may(by, Permission.KOMMUN_FIGURES_VIEW, at_second=time())
    with _administration(kommunkod, by):
        return frozen_periods()


def let_counts_go(kommunkod: str, period: str, *, seen_digest: str, by: Actor) -> None:
    """Approve a frozen period as a manager of the kommun. Raises NotAllowed, CountsNotFrozen."""
    with _administration(kommunkod, by):
        approve_counts(period=period, seen_digest=seen_digest, by=by, basis=Basis.FOLLOW_UP)


def send_counts_again(kommunkod: str, period: str, *, by: Actor) -> None:
    """Ask for another sending as a manager of the kommun. Raises NotAllowed, CountsNotFrozen."""
    with _administration(kommunkod, by):
        send_again(period=period, by=by, basis=Basis.FOLLOW_UP)


class ManagersFigures:
    """The four calls of a manager's pages, each made as the kommun's admin login."""

    periods = staticmethod(periods_for_manager)
    counts = staticmethod(counts_for_manager)
    approve = staticmethod(let_counts_go)
    send_again = staticmethod(send_counts_again)


@contextmanager
def _administration(kommunkod: str, by: Actor) -> Iterator[None]:
    if by.kommunkod != kommunkod:
        raise NotAllowed
    with inside(Where(kommunkod, "admin")):
        yield


def send_counts(kommunkod: str) -> int:
    """Send every approved period of a kommun to the intake as its jobs login; give how many counts were sent.

    All earlier periods go along: a new release is protected together with all that came before (regional §6.2).
    """
    with inside(Where(kommunkod, "jobs")):
        return deliver(row for batch in approved_batches() for row in rows_of(kommunkod, batch))


def rows_of(kommunkod: str, batch: FrozenBatch) -> list[Delivered]:
    """Turn a kommun's counts into the intake's rows."""
    return [
        Delivered(kommunkod, c.population, c.period, c.coordinates, c.n, c.persons, c.families, batch.digest)
        for c in batch.counts
    ]


def build_as_asked(asked: Asked) -> None:
    """Build what somebody asked a worker for, in that person's name, or note on the request why it is refused.

    A refusal is an answer and no fault: tried again it would be refused again, of an intake that is empty by then.
    """
    if not asked.has_ended:
        with suppress(HltError):
            build(asked.period, by=asked.by, asked=asked)


def build(period: str, *, by: Actor, asked: Asked | None = None) -> UUID:
    """Build the candidate of a period from what lies in the intake; give its id."""
    # The solvers are installed where releases are built and nowhere else: pages must not need them.
    from hlt_graphql.releases.joint import jointly

    # A secret that is handed to those who build and to nobody else.
    secret = new(bytes.fromhex(settings.HLT_KEYS.secret("region_ties")), b"ties", sha256).digest()
    return build_release(period, by=by, protect=jointly(secret), asked=asked)
