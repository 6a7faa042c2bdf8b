"""Hide a shell from a branch that could not take itself away (tenancy §4.3)."""

from uuid import UUID

from hlt_tenants.audit.changing import writing
from hlt_tenants.casework.models import HltCase
from hlt_tenants.casework.rules import State


def end_seats(*, case: UUID) -> None:
    """Leave a frozen or closed case to its lead's branch alone, as the jobs login, which reads nothing but shells.

    A second call, or a case that was thawed in between, changes nothing. The step that asked for it is in the log.
    """
    with writing():
        row = HltCase.objects.filter(id=case, state=State.FROZEN).first()
        if row is not None:
            HltCase.objects.filter(id=case).update(seen_by=[row.lead_branch])
