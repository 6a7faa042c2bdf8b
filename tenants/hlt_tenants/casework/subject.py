"""Whom a case is about, as the asker's branch may know it: from its own rows, else from the C0 copy it was given."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hlt_identity.errors import NotFound
from hlt_tenants.casework.models import LiveConsent, Signal
from hlt_tenants.consent.reads import asked_about, coordination_facts
from hlt_tenants.consent.rules import Answer, GuardianAnswer
from hlt_tenants.families.reads import KnownChild, known_child


@dataclass(frozen=True, slots=True)
class Subject:
    """A child of a case; `guardians` are (guardian_ref, name), `known_as` the own ids under which jäv may stand."""

    name: str
    birth_date: date
    guardians: tuple[tuple[UUID, str], ...]
    known_as: tuple[UUID, ...]
    is_protected: bool = False
    is_blocked: bool = False
    is_care_blocked: bool = False


def subject_of(case: UUID) -> Subject:
    """Give the child; raise NotFound where the branch neither knows it nor was told (a coordinator's shell)."""
    signal = Signal.objects.filter(case_id=case).order_by("raised_at").first()
    if signal is not None:
        return _own(signal, known_child(signal.child_id))
    facts = coordination_facts(case)
    if facts is None:
        raise NotFound
    return _told(facts)


def _own(signal: Signal, child: KnownChild) -> Subject:
    names = {guardian.guardian_id: guardian.name for guardian in child.with_standing}
    asked = [row for row in asked_about(signal.id) if row.guardian_id in names]
    by_name = sorted(asked, key=lambda row: list(names).index(row.guardian_id))
    guardians = tuple((row.consent_id, names[row.guardian_id]) for row in by_name)
    return Subject(
        child.name,
        child.birth_date,
        guardians,
        (signal.id, child.child_id),
        child.is_protected,
        child.is_blocked,
        child.is_care_blocked,
    )


def _told(facts: dict[str, object]) -> Subject:
    named = facts["guardians"]
    guardians = tuple((UUID(ref), name) for ref, name in named) if isinstance(named, list) else ()
    return Subject(str(facts["name"]), date.fromisoformat(str(facts["birth_date"])), guardians, ())


def live_answers(case: UUID) -> tuple[GuardianAnswer, ...]:
    """Give what each guardian's yes covers now, as every branch of the case sees it."""
    rows = LiveConsent.objects.filter(case_id=case).order_by("guardian_ref")
    return tuple(
        GuardianAnswer(
            row.guardian_ref,
            Answer.YES,
            frozenset(row.branches),
            frozenset(row.categories),
            row.valid_from,
            row.valid_until,
            row.withdrawn_at is not None,
        )
        for row in rows
    )
