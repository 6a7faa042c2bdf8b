"""What an operator sees of an outbox and may decide about what was given up; never what an errand was about."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from hlt_identity.errands.homes import Home
from hlt_identity.errands.rules import State
from hlt_identity.errands.waking import wake
from hlt_identity.errors import StepNotAllowed, _


class Why(StrEnum):
    """Why an operator decides; a closed list, since a free text could name somebody."""

    REPAIRED = "repaired"
    DONE_OTHERWISE = "done_otherwise"
    NOT_NEEDED = "not_needed"


class NotGivenUp(StepNotAllowed):
    """Only what was given up is an operator's to decide."""

    code = "ERRAND_NOT_GIVEN_UP"
    sentence = _("Uppgiften är inte uppgiven.")
    next_step = _("Se läget med `hlt outbox list`.")


@dataclass(frozen=True, slots=True)
class Seen:
    """One row as an operator may see it; `age_seconds` since it was asked for."""

    scope: str
    event: UUID
    task: str
    state: str
    tries: int
    code: str
    age_seconds: int


def unfinished(home: Home, scope: str) -> list[Seen]:
    """Give what is not done of one scope, what was given up first, then the oldest first."""
    now = datetime.now(UTC)
    with home.enter(scope, home.worker_login):
        rows = home.rows._default_manager.using(home.worker).exclude(state__in=(State.DONE, State.DROPPED))
        seen = [
            Seen(scope, r.id, r.task, r.state, r.attempts, r.last_code or "", int((now - r.created_at).total_seconds()))
            for r in rows
        ]
    return sorted(seen, key=lambda row: (row.state != State.DEAD, -row.age_seconds))


def run_again(home: Home, event: UUID, scope: str) -> None:
    """Let an errand that was given up wait again, with all its tries. Call inside the home's audited transaction.

    Raises NotGivenUp.
    """
    now = datetime.now(UTC)
    fresh = {"attempts": 0, "starts": 0, "not_before": now, "lease_until": None, "sent_at": None}
    _decide(home, event, state=State.WAITING, **fresh)
    wake(scope, using=home.worker)


def drop(home: Home, event: UUID) -> None:
    """Let an errand that was given up never be done. Call inside the home's audited transaction. Raises NotGivenUp."""
    _decide(home, event, state=State.DROPPED)


def _decide(home: Home, event: UUID, **columns: object) -> None:
    rows = home.rows._default_manager.using(home.worker).filter(id=event, state=State.DEAD)
    if not rows.update(**columns):
        raise NotGivenUp
