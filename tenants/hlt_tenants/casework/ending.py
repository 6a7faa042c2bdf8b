"""What ends with a case: seats, consents, clocks; the initiator is told (domain §5.2 close)."""

from datetime import datetime

from hlt_tenants.audit.instant import day_of
from hlt_tenants.casework.codes import MeetingState, ReceiptKind
from hlt_tenants.casework.models import BatonOffer, CaseSeat, Clock, HltCase, LiveConsent, Meeting
from hlt_tenants.casework.moving import give_receipt, start_clock
from hlt_tenants.casework.rules import ClockCode


def end_case(row: HltCase, now: datetime) -> None:
    """End every seat, consent, offer, booking and clock of a case that was just closed; ECHO begins."""
    today = day_of(now)
    CaseSeat.objects.filter(case_id=row.id, ended_at=None).update(ended_at=now)
    LiveConsent.objects.filter(case_id=row.id, valid_until__gt=today).update(valid_until=today)
    Meeting.objects.filter(case_id=row.id, state=MeetingState.BOOKED).update(state=MeetingState.CANCELLED)
    BatonOffer.objects.filter(case_id=row.id, ended_at=None).update(ended_at=now)
    Clock.objects.filter(case_id=row.id, stopped_at=None).update(stopped_at=now)
    row.closed_on = today
    row.save()
    start_clock(row.id, ClockCode.ECHO, now)
    give_receipt(row, ReceiptKind.ENDED, now)
