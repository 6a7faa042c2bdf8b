"""A person's own drafts, in the branch of the hat that is worn; nobody else's, ever."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from hlt_identity.door import Actor
from hlt_tenants.drafts.models import Draft
from hlt_tenants.drafts.sealing import unseal


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as its writer finds it again."""

    form: str
    about: UUID | None
    body: str
    saved_at: datetime


def draft(*, form: str, about: UUID | None, by: Actor) -> KeptDraft | None:
    """Give the own draft of a form about one thing, or None. Own writing is not logged as an access."""
    row = mine(by).filter(form=form, about=about).first()
    return None if row is None else _opened(row, by)


def drafts_of(by: Actor) -> tuple[KeptDraft, ...]:
    """Give every own draft of this hat's branch, newest first."""
    return tuple(_opened(row, by) for row in mine(by).order_by("-saved_at"))


def mine(by: Actor) -> QuerySet[Draft]:
    """What this person has not sent yet, as rows that only this app opens."""
    return Draft.objects.filter(owner_branch=by.own_branch, person_id=by.person_id)


def _opened(row: Draft, by: Actor) -> KeptDraft:
    place = f"{row.form}|{row.about}"
    text = unseal(bytes(row.body), branch=by.own_branch, person=by.person_id, place=place)
    return KeptDraft(row.form, row.about, text, row.saved_at)
