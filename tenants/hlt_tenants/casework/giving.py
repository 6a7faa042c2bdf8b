"""What goes to the other branches of a case, with every fact of the decision taken from the database (law §3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound, Refused
from hlt_tenants.audit.instant import day_of
from hlt_tenants.casework.models import CaseSeat, HltCase
from hlt_tenants.casework.offers import Offered
from hlt_tenants.casework.rules import age_on
from hlt_tenants.casework.subject import Subject, live_answers, subject_of
from hlt_tenants.consent.giving import Item, give_copy
from hlt_tenants.consent.rules import Facts, Refusal, Request, decide
from hlt_tenants.families.reads import has_conflict
from hlt_tenants.teams.reads import names_of

CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Wish:
    """To whom, on which ground, and why; what a person chooses on the disclosure page."""

    to_branch: str
    ground: str
    motive: str = ""
    reference: str = ""


def facts_for(row: HltCase, to_branch: str, by: Actor, today: date) -> Facts:
    """Give what is known of a case when something would go to a branch; nothing of it comes from the asking page."""
    subject = subject_of(row.id)
    return Facts(
        decider_branch=by.own_branch,
        has_conflict=has_conflict(by.person_id, (row.id, *subject.known_as)),
        receiver_is_authority=not to_branch.startswith("private_"),
        age=age_on(subject.birth_date, today),
        answers=live_answers(row.id),
        is_protected=subject.is_protected,
        is_blocked=subject.is_blocked,
        is_care_blocked=subject.is_care_blocked,
    )


def refusals_of(row: HltCase, item: Offered, wish: Wish, by: Actor, today: date) -> tuple[Refusal, ...]:
    """Give every reason against giving the item; who has no live seat is out of scope, whatever the ground."""
    refusals = decide(_request(item, wish, by), facts_for(row, wish.to_branch, by, today), today)
    if wish.to_branch in receivers(row, by.own_branch) or Refusal.OUT_OF_SCOPE in refusals:
        return refusals
    return (*refusals, Refusal.OUT_OF_SCOPE)


def receivers(row: HltCase, own: str) -> tuple[str, ...]:
    """Give the other branches with a live seat, in alphabetical order."""
    seats = CaseSeat.objects.filter(case_id=row.id, ended_at=None).exclude(branch=own)
    return tuple(sorted(seats.values_list("branch", flat=True)))


def give(row: HltCase, item: Offered, wish: Wish, *, by: Actor, now: datetime) -> None:
    """Write the decision and the copy. Raises Refused with every reason; call inside `change()`."""
    refusals = refusals_of(row, item, wish, by, day_of(now))
    if refusals:
        raise Refused(*refusals)
    facts = facts_for(row, wish.to_branch, by, day_of(now))
    brief = subject_of(row.id).name
    copy = Item(row.id, item.kind, item.source_id, item.category, brief, item.content, item.facts)
    give_copy(copy, _request(item, wish, by), facts, by=by, now=now)


def give_to_seats(row: HltCase, items: Collection[Offered], *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Give items by consent to every seat that the consent covers; give the branches that got something."""
    given = set()
    for branch in receivers(row, by.own_branch):
        for item in items:
            wish = Wish(branch, CONSENT)
            if not refusals_of(row, item, wish, by, day_of(now)):
                give(row, item, wish, by=by, now=now)
                given.add(branch)
    return tuple(sorted(given))


def give_coordination(row: HltCase, *, by: Actor, now: datetime) -> None:
    """Give each seat the child's name, guardians, lead and date (C0); raises Refused, and then nothing is granted."""
    item = coordination(row)
    for branch in receivers(row, by.own_branch):
        give(row, item, Wish(branch, CONSENT), by=by, now=now)


def coordination(row: HltCase) -> Offered:
    """Write the C0 item: one text for the preview, the copy and the receiver's page (L-04)."""
    subject = subject_of(row.id)
    lead = names_of([row.lead_id]).get(row.lead_id, "")
    lines = [
        f"Barn: {subject.name}, född {subject.birth_date.isoformat()}",
        f"Vårdnadshavare: {', '.join(name for _ref, name in subject.guardians)}",
        f"Huvudansvarig: {lead or 'står i ärendet'}",
        f"Samtycke från: {row.granted_on.isoformat()}",
    ]
    return Offered("coordination", row.id, "C0", "Samordning", "\n".join(lines), _facts_of(subject))


def _facts_of(subject: Subject) -> dict[str, object]:
    return {
        "name": subject.name,
        "birth_date": subject.birth_date.isoformat(),
        "guardians": [[str(ref), name] for ref, name in subject.guardians],
    }


def _request(item: Offered, wish: Wish, by: Actor) -> Request:
    return Request(by.own_branch, wish.to_branch, wish.ground, item.category, wish.motive, wish.reference)


def found(items: Collection[Offered], kind: str, source: UUID) -> Offered:
    """Give the item of that kind and source; raise NotFound when the actor's branch owns no such thing."""
    for item in items:
        if (item.kind, item.source_id) == (kind, source):
            return item
    raise NotFound
