"""Follow-ups fall due by the calendar, by the login of the branch whose person is the lead."""

from hlt_identity.errands.homes import Errand
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.clockwork import as_clock, nightly
from hlt_tenants.casework.reads.due import run_out
from hlt_tenants.casework.rules import ClockCode, State
from hlt_tenants.followup.actions.reviews import fall_due
from hlt_tenants.registry.outbox.home import kommun_task

FALL_DUE = "followup.fall_due"
NIGHTLY = nightly(FALL_DUE, lambda branch, today: run_out(branch, ClockCode.FOLLOW_UP, State.ACTIVE, today))


@kommun_task(FALL_DUE, login=None)
def run_fall_due(errand: Errand) -> None:
    """Note that the day of a follow-up has come."""
    with as_clock(errand) as clock:
        if errand.ref_id is not None:
            fall_due(case=errand.ref_id, by=clock, basis=own_basis(clock.own_branch))
