"""What a count may know of a case: dates, branch and concern, and the child only as an id to ask further with."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hlt_identity.errors import NotFound
from hlt_tenants.casework.models import HltCase, Signal


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A granted case as the branch of its signal sees it inside the step that granted it."""

    granted_on: date
    child_id: UUID
    initiator_branch: str
    concern: str


def counted_case(case: UUID) -> CountedCase:
    """Give the facts of a case; raise NotFound unless the login sees both the shell and the signal behind it."""
    shell = HltCase.objects.filter(id=case).first()
    signal = Signal.objects.filter(case_id=case).order_by("raised_at").first()
    if shell is None or signal is None:
        raise NotFound
    return CountedCase(shell.granted_on, signal.child_id, signal.owner_branch, signal.concern)


def signals_here() -> int:
    """Give how many signals the branch that is logged in owns; of another branch's it sees none."""
    return Signal.objects.count()
