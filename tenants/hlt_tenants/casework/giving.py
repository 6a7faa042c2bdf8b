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
from hlt_tenants.consent.rules import Facts, GuardianAnswer, Refusal, Request, decide
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


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the database knows of a case when something would leave a branch; read once, asked for every item."""

    row: HltCase
    by: Actor
    today: date
    subject: Subject
    has_conflict: bool
    answers: tuple[GuardianAnswer, ...]
    receivers: tuple[str, ...]

    def facts(self, to_branch: str) -> Facts:
        """Give the facts of a decision towards one branch; nothing of them comes from the asking page."""
        return Facts(
            decider_branch=self.by.own_branch,
            has_conflict=self.has_conflict,
            receiver_is_authority=not to_branch.startswith("private_"),
            age=age_on(self.subject.birth_date, self.today),
            answers=self.answers,
            is_protected=self.subject.is_protected,
            is_blocked=self.subject.is_blocked,
            is_care_blocked=self.subject.is_care_blocked,
        )


def grounds_of(row: HltCase, by: Actor, today: date) -> Grounds:
    """Read what decisions about a case stand on, for the branches with a live seat. Raises NotFound (no child here)."""
    subject = subject_of(row.id)
    conflict = has_conflict(by.person_id, (row.id, *subject.known_as))
    return Grounds(row, by, today, subject, conflict, live_answers(row.id), receivers(row, by.own_branch))


def receivers(row: HltCase, own: str) -> tuple[str, ...]:
    """Give the other branches with a live seat, in alphabetical order."""
    seats = CaseSeat.objects.filter(case_id=row.id, ended_at=None).exclude(branch=own)
    return tuple(sorted(seats.values_list("branch", flat=True)))


def refusals_of(grounds: Grounds, item: Offered, wish: Wish) -> tuple[Refusal, ...]:
    """Give every reason against giving the item; who has no live seat is out of scope, whatever the ground."""
    refusals = decide(_request(grounds, item, wish), grounds.facts(wish.to_branch), grounds.today)
    if wish.to_branch in grounds.receivers or Refusal.OUT_OF_SCOPE in refusals:
        return refusals
    return (*refusals, Refusal.OUT_OF_SCOPE)


def give(grounds: Grounds, item: Offered, wish: Wish, *, now: datetime) -> None:
    """Write the decision and the copy. Raises Refused with every reason; call inside `change()`."""
    refusals = refusals_of(grounds, item, wish)
    if refusals:
        raise Refused(*refusals)
    brief = grounds.subject.name
    copy = Item(grounds.row.id, item.kind, item.source_id, item.category, brief, item.content, item.facts)
    give_copy(copy, _request(grounds, item, wish), grounds.facts(wish.to_branch), by=grounds.by, now=now)


def give_to_seats(row: HltCase, items: Collection[Offered], *, by: Actor, now: datetime) -> tuple[str, ...]:
    """Give items by consent to every seat that the consent covers; give the branches that got something."""
    grounds, given = grounds_of(row, by, day_of(now)), set()
    for branch in grounds.receivers:
        for item in items:
            wish = Wish(branch, CONSENT)
            if not refusals_of(grounds, item, wish):
                give(grounds, item, wish, now=now)
                given.add(branch)
    return tuple(sorted(given))


def give_coordination(row: HltCase, *, by: Actor, now: datetime) -> None:
    """Give each seat the child's name, guardians, lead and date (C0); raises Refused, and then nothing is granted."""
    grounds, item = grounds_of(row, by, day_of(now)), coordination(row)
    for branch in grounds.receivers:
        give(grounds, item, Wish(branch, CONSENT), now=now)


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


def _request(grounds: Grounds, item: Offered, wish: Wish) -> Request:
    own = grounds.by.own_branch
    return Request(own, wish.to_branch, wish.ground, item.category, wish.motive, wish.reference)


def found(items: Collection[Offered], kind: str, source: UUID) -> Offered:
    """Give the item of that kind and source; raise NotFound when the actor's branch owns no such thing."""
    for item in items:
        if (item.kind, item.source_id) == (kind, source):
            return item
    raise NotFound
