"""Work that follows from a step of a case, by the kommun's jobs login, and from a day alone, by its branch's."""

from hlt_identity.errands.homes import Errand
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.casework.actions.consents import lapse
from hlt_tenants.casework.actions.seats import end_seats
from hlt_tenants.casework.clockwork import as_clock, nightly
from hlt_tenants.casework.freezing import END_SEATS
from hlt_tenants.casework.reads.due import unanswered
from hlt_tenants.registry.outbox.home import kommun_task

LAPSE = "casework.lapse"
NIGHTLY = nightly(LAPSE, unanswered)


@kommun_task(END_SEATS)
def run_end_seats(errand: Errand) -> None:
    """Hide the shell from branches whose seat has ended."""
    if errand.ref_id is not None:
        end_seats(case=errand.ref_id)


@kommun_task(LAPSE, login=None)
def run_lapse(errand: Errand) -> None:
    """End a question that nobody answered in time."""
    with as_clock(errand) as clock:
        if errand.ref_id is not None:
            lapse(signal=errand.ref_id, by=clock, basis=own_basis(clock.own_branch))
