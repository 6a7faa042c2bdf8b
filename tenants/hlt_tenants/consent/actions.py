"""What a guardian says: record an answer, withdraw it."""

from datetime import date
from uuid import UUID

from hlt_identity.door import Actor
from hlt_identity.errors import NotFound
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.consent.models import Consent
from hlt_tenants.consent.rules import Answer


def record_answer(
    *, signal: UUID, guardian: UUID, answer: Answer, valid_until: date, way: str, by: Actor, basis: Basis
) -> None:
    """Write down what one guardian answered, on paper or orally; the other guardian's answer is another call.

    Answering again replaces the answer and lifts an earlier withdrawal. Raises NotFound when this guardian was not
    asked about this signal, or it is not the asker's branch. Source: L-05, L-06.
    """
    with change(Event.CONSENT_ANSWERED, about=signal, by=by, basis=basis) as now:
        consent = _asked(signal, guardian)
        consent.state, consent.way, consent.answered_at = answer, way, now
        consent.valid_from, consent.valid_until, consent.withdrawn_at = now.date(), valid_until, None
        consent.save()


def withdraw(*, signal: UUID, guardian: UUID, by: Actor, basis: Basis) -> None:
    """Take a yes back: it holds from this commit, for every later disclosure; copies already given stay (L-05).

    A second call changes nothing. Raises NotFound as `record_answer` does.
    """
    with change(Event.CONSENT_LOST, about=signal, by=by, basis=basis) as now:
        consent = _asked(signal, guardian)
        consent.withdrawn_at = consent.withdrawn_at or now
        consent.save()


def _asked(signal: UUID, guardian: UUID) -> Consent:
    found = Consent.objects.select_for_update().filter(signal_id=signal, guardian_id=guardian).first()
    if found is None:
        raise NotFound
    return found
