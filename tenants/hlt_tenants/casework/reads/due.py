"""What a day alone has made due, as ids: asked by the clock of one branch, for what that branch may move."""

from datetime import date
from uuid import UUID

from hlt_tenants.casework.models import Clock, Signal
from hlt_tenants.casework.rules import ClockCode, State


def unanswered(branch: str, today: date) -> list[UUID]:
    """Give the branch's signals whose question about consent nobody answered by its last day."""
    rows = Signal.objects.filter(owner_branch=branch, state=State.CONSENT_ASKED, wait_until__lt=today)
    return list(rows.values_list("id", flat=True))


def run_out(branch: str, code: ClockCode, state: State, today: date) -> list[UUID]:
    """Give the cases in this state whose lead is the branch's and whose promise has come to its last day."""
    rows = Clock.objects.filter(code=code, stopped_at=None, due_on__lte=today)
    return list(rows.filter(case__state=state, case__lead_branch=branch).values_list("case_id", flat=True))
