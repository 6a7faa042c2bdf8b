"""Consent and disclosure of a case as its page shows them (S4)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit import instant
from hlt_tenants.audit.rules import Basis
from hlt_tenants.casework.giving import CONSENT, Wish, coordination, found, grounds_of, receivers, refusals_of
from hlt_tenants.casework.models import LiveConsent
from hlt_tenants.casework.offers import Offered, offered
from hlt_tenants.casework.reads.case import open_case
from hlt_tenants.casework.subject import subject_of
from hlt_tenants.consent.codes import Ground, InfoCategory
from hlt_tenants.consent.reads import Given, given_of
from hlt_tenants.consent.rules import Refusal, legal_rules, rule_code
from hlt_tenants.consent.strength import strength_at
from hlt_tenants.registry.branches import branch_name


@dataclass(frozen=True, slots=True)
class GuardianConsent:
    """One guardian's yes: to whom, what, until when; `guardian_ref` is what `withdraw` takes."""

    guardian_ref: UUID
    name: str
    branches: tuple[str, ...]
    categories: tuple[InfoCategory, ...]
    valid_until: date
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """A branch with a live seat, how strong its secrecy is, and the grounds that the matrix opens towards it."""

    branch: str
    name: str
    strength: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One own item that could be given, with its exact text and to whom it was given already."""

    item: Offered
    category: InfoCategory
    given_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiscloseChoices:
    """What the disclosure page offers."""

    items: tuple[Choice, ...]
    receivers: tuple[Receiver, ...]
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The receiver's copy to the byte, the label of its secrecy, and every reason against (empty = it may go)."""

    content: str
    receiver: Receiver
    refusals: tuple[Refusal, ...]


def consent_state(case: UUID, *, by: Actor, basis: Basis) -> tuple[GuardianConsent, ...]:
    """Give each guardian's consent by name; logged. Before the grant see `signal_view().asked`. Raises NotFound."""
    open_case(case, by=by, basis=basis)
    names = dict(subject_of(case).guardians)
    rows = LiveConsent.objects.filter(case_id=case)
    shown = [
        GuardianConsent(
            row.guardian_ref,
            names.get(row.guardian_ref, ""),
            tuple(row.branches),
            tuple(InfoCategory(code) for code in row.categories),
            row.valid_until,
            row.withdrawn_at,
        )
        for row in rows
    ]
    return tuple(sorted(shown, key=lambda one: (one.name, str(one.guardian_ref))))


def disclose_choices(case: UUID, *, by: Actor, basis: Basis) -> DiscloseChoices:
    """Give what the actor's branch owns and to whom it could go; logged. Raises NotFound, ConflictOfInterest."""
    row = open_case(case, by=by, basis=basis)
    given = given_of(case)
    items = tuple(
        Choice(
            item,
            InfoCategory(item.category),
            tuple(sorted({one.to_branch for one in given if one.source_id == item.source_id})),
        )
        for item in offered(case)
    )
    return DiscloseChoices(items, tuple(_receiver(b, by.own_branch) for b in receivers(row, by.own_branch)), given)


def preview(case: UUID, *, kind: str, source: UUID, wish: Wish, by: Actor, basis: Basis) -> Preview:
    """Give the copy as the receiver would get it, and what speaks against it; nothing is given. Raises NotFound."""
    row = open_case(case, by=by, basis=basis)
    item = found(offered(case), kind, source)
    refusals = refusals_of(grounds_of(row, by, instant.today()), item, wish)
    return Preview(item.content, _receiver(wish.to_branch, by.own_branch), refusals)


def who_sees_what(case: UUID, *, by: Actor, basis: Basis) -> dict[str, tuple[Offered, ...]]:
    """Give, per receiving branch, what consent covers of the own items right now: "Vem ser vad" (domain §9.1)."""
    row = open_case(case, by=by, basis=basis)
    items, grounds = (coordination(row), *offered(case)), grounds_of(row, by, instant.today())
    return {
        branch: tuple(item for item in items if not refusals_of(grounds, item, Wish(branch, CONSENT)))
        for branch in grounds.receivers
    }


def _receiver(branch: str, own: str) -> Receiver:
    pair = (rule_code(own), rule_code(branch))
    open_grounds = {rule.ground for rule in legal_rules() if (rule.from_branch, rule.to_branch) == pair}
    label = strength_at(branch, instant.today()).strength.label
    return Receiver(branch, branch_name(branch), label, tuple(one for one in Ground if one.value in open_grounds))
