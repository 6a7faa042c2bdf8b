"""Give one own item to one other branch (utlämnande): by hand, on a ground, with the copy shown before (L-03, L-04)."""

from collections.abc import Collection
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.errors import CopyChanged
from hlt_tenants.casework.giving import Wish, found, give, grounds_of
from hlt_tenants.casework.moving import lock_case
from hlt_tenants.casework.offers import digest_of, offered


def disclose(*, case: UUID, kind: str, source: UUID, wish: Wish, by: Actor, basis: Basis) -> None:
    """Give a frozen copy of an item, as it stands now, to a branch with a live seat.

    `kind` and `source` are those of `disclose_choices`. Anybody assigned in the owning branch may decide, not only the
    lead. Raises Refused with the rule engine's reasons, NotFound, ConflictOfInterest. Source: L-03, L-05, law §3.
    """
    with change(Event.DISCLOSED, about=source, by=by, basis=basis) as now:
        row = lock_case(case, by)
        give(grounds_of(row, by, day_of(now)), found(offered(case), kind, source), wish, now=now)


def disclose_together(
    *, case: UUID, items: Collection[tuple[str, UUID]], wish: Wish, seen_digest: str, by: Actor, basis: Basis
) -> None:
    """Give several items (kind and source) to one branch in one act: one decision and one copy each, all or none.

    `seen_digest` is that of the copies that were looked at. Raises as `disclose`, and CopyChanged when an item reads
    otherwise now. Source: L-03, L-04, INV3.
    """
    with change(Event.DISCLOSED, about=case, by=by, basis=basis) as now:
        row = lock_case(case, by)
        own, grounds = offered(case), grounds_of(row, by, day_of(now))
        chosen = [found(own, kind, source) for kind, source in items]
        for item in chosen:
            give(grounds, item, wish, now=now)
        if seen_digest != digest_of(item.content for item in chosen):
            raise CopyChanged
