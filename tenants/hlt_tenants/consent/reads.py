"""Questions about consent and received copies; each answers for the branch that asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import note
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.consent.models import Consent, Disclosure, ReceivedCopy
from hlt_tenants.consent.rules import Answer, GuardianAnswer


@dataclass(frozen=True, slots=True)
class Copy:
    """What a receiver holds: who gave it, which category and kind of item, about whom, the frozen text."""

    from_branch: str
    category: str
    content: str
    item_kind: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """What the asker's branch has given: to whom, on which ground, when."""

    to_branch: str
    item_kind: str
    source_id: UUID
    category: str
    ground: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One guardian's row of the consent page; `consent_id` is what `withdraw` takes."""

    consent_id: UUID
    guardian_id: UUID
    answer: Answer
    to_branches: tuple[str, ...]
    categories: tuple[str, ...]
    valid_until: date | None
    way: str
    language: str
    form_version: str
    is_withdrawn: bool


def answers_about(signal: UUID) -> tuple[GuardianAnswer, ...]:
    """Give one answer per guardian who was asked about a signal; empty = nobody was asked, or not yours to see."""
    rows = Consent.objects.filter(signal_id=signal).order_by("guardian_id")
    return tuple(
        GuardianAnswer(
            row.guardian_id,
            Answer(row.state),
            frozenset(row.to_branches),
            frozenset(row.categories),
            row.valid_from,
            row.valid_until,
            row.withdrawn_at is not None,
        )
        for row in rows
    )


def asked_about(signal: UUID) -> tuple[Asked, ...]:
    """Give the consent rows of a signal in the order in which they were asked; empty as in `answers_about`."""
    rows = Consent.objects.filter(signal_id=signal).order_by("asked_at", "id")
    return tuple(
        Asked(
            row.id,
            row.guardian_id,
            Answer(row.state),
            tuple(row.to_branches),
            tuple(row.categories),
            row.valid_until,
            row.way,
            row.language,
            row.form_version,
            row.withdrawn_at is not None,
        )
        for row in rows
    )


def copies_of(case: UUID, *, by: Actor, basis: Basis) -> tuple[Copy, ...]:
    """Give what was disclosed to the asker's branch in a case, oldest first; the opening is logged first (L-13)."""
    note(Event.COPY_OPENED, about=case, by=by, basis=basis)
    rows = ReceivedCopy.objects.filter(case_id=case).order_by("received_at", "category", "id")
    return tuple(Copy(row.from_branch, row.category, row.content, row.item_kind, row.received_at) for row in rows)


def given_of(case: UUID) -> tuple[Given, ...]:
    """Give what the asker's branch has disclosed in a case, newest first: codes and dates, no text."""
    rows = Disclosure.objects.filter(case_id=case).order_by("-decided_at", "id")
    return tuple(
        Given(row.to_branch, row.item_kind, row.source_id, row.category, row.ground, row.decided_at) for row in rows
    )


def told_names(cases: Collection[UUID]) -> dict[UUID, str]:
    """Give {case: the child's name} where the asker's branch was told it in a C0 copy; the newest counts."""
    rows = ReceivedCopy.objects.filter(case_id__in=list(cases), item_kind="coordination").order_by("received_at")
    return dict(rows.values_list("case_id", "brief_subject"))


def coordination_facts(case: UUID) -> dict[str, object] | None:
    """Give the newest C0 facts that the asker's branch received about a case; None when it got none."""
    rows = ReceivedCopy.objects.filter(case_id=case, item_kind="coordination").order_by("-received_at")
    return rows.values_list("facts", flat=True).first()
