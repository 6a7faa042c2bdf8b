"""Keep what is not sent yet, throw it away, and let a step erase it when it is sent (interface §6)."""

from datetime import datetime
from uuid import UUID, uuid4

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.following import Follower
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.drafts.models import Draft
from hlt_tenants.drafts.reads import mine
from hlt_tenants.drafts.sealing import seal


def save_draft(*, form: str, about: UUID | None, body: str, by: Actor, basis: Basis) -> datetime:
    """Keep a form's content for its writer alone, in place of an earlier one; give when it was saved.

    `form` is the page's code, `about` the signal or case it belongs to, `body` the fields as text (JSON).
    """
    draft = uuid4()
    with change(Event.DRAFT_SAVED, about=about or draft, by=by, basis=basis) as now:
        row = mine(by).select_for_update().filter(form=form, about=about).first()
        fresh = row or Draft(id=draft, owner_branch=by.own_branch, person_id=by.person_id, form=form, about=about)
        fresh.body = seal(body, branch=by.own_branch, person=by.person_id, place=f"{form}|{about}")
        fresh.saved_at = now
        fresh.save(force_insert=row is None)
    return now


def discard_draft(*, form: str, about: UUID | None, by: Actor, basis: Basis) -> None:
    """Throw a draft away; does nothing where there is none."""
    with change(Event.DRAFT_DISCARDED, about=about or by.person_id, by=by, basis=basis):
        mine(by).filter(form=form, about=about).delete()


def erasing(*, form: str, about: UUID | None) -> Follower:
    """Give what a page hands to `audit.following.along`: the draft is gone in the transaction that sends it."""

    def _erase(_about: UUID, by: Actor, _now: datetime) -> None:
        mine(by).filter(form=form, about=about).delete()

    return _erase
