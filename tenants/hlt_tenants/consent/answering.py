"""What a guardian said, written in the transaction of the step that it moves."""

from datetime import datetime
from uuid import UUID

from hlt_identity.errors import NotFound
from hlt_tenants.audit.instant import day_of
from hlt_tenants.consent.models import Consent
from hlt_tenants.consent.rules import NewAnswer, check_answer


def write_answer(signal: UUID, guardian: UUID, answer: NewAnswer, now: datetime) -> UUID:
    """Write one guardian's answer over the earlier one and lift a withdrawal; give the consent's id.

    Raises NotFound when this guardian was not asked about this signal, or it is not the asker's branch; Invalid.
    """
    row = Consent.objects.select_for_update().filter(signal_id=signal, guardian_id=guardian).first()
    if row is None:
        raise NotFound
    _write(row, answer, now)
    return row.id


def renew_answer(consent: UUID, answer: NewAnswer, now: datetime) -> None:
    """Write a new answer on a consent whose case froze; does nothing where another branch keeps the consent."""
    row = Consent.objects.select_for_update().filter(id=consent).first()
    if row is not None:
        _write(row, answer, now)


def take_back(consent: UUID, now: datetime) -> bool:
    """Mark a yes as withdrawn, once; tell whether the consent is kept in this branch at all."""
    row = Consent.objects.select_for_update().filter(id=consent).first()
    if row is None:
        return False
    row.withdrawn_at = row.withdrawn_at or now
    row.save()
    return True


def _write(row: Consent, answer: NewAnswer, now: datetime) -> None:
    check_answer(answer, asked_version=row.form_version, today=day_of(now))
    row.state, row.way, row.witness, row.language = answer.answer, answer.way, answer.witness, answer.language
    row.valid_from, row.valid_until = day_of(now), answer.valid_until
    row.answered_at, row.withdrawn_at = now, None
    row.save()
