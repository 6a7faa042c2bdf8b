"""What the end of a case builds on."""

from uuid import UUID

from hlt_tenants.followup.codes import CloseReason
from hlt_tenants.followup.models import Closure


def reason_begun_with(case: UUID) -> CloseReason | None:
    """Give the reason that was chosen when the closing began, so that nobody is asked twice; None before that.

    Only a code of the asker's own branch; the page that asks has logged the opening.
    """
    found = Closure.objects.filter(case_id=case).values_list("reason", flat=True).first()
    return CloseReason(found) if found else None
