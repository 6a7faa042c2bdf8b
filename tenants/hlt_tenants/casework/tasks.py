"""Work that follows from a step of a case, by the kommun's jobs login."""

from hlt_identity.errands.homes import Errand
from hlt_tenants.casework.actions.seats import end_seats
from hlt_tenants.casework.freezing import END_SEATS
from hlt_tenants.registry.outbox.home import kommun_task


@kommun_task(END_SEATS)
def run_end_seats(errand: Errand) -> None:
    """Hide the shell from branches whose seat has ended."""
    if errand.ref_id is not None:
        end_seats(case=errand.ref_id)
