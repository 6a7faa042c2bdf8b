"""How long a session lives, in plain values (identity §8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=20)
ABSOLUTE = timedelta(hours=10)
REFRESH_AFTER = timedelta(minutes=4)
WITHOUT_REALM = timedelta(minutes=15)
TOUCH_AFTER = timedelta(seconds=15)


class Ending(StrEnum):
    """Why a session opens nothing any more."""

    IDLE = "idle"
    OLD = "old"
    EPOCH = "epoch"
    REVOKED = "revoked"
    FROZEN = "frozen"
    UNAVAILABLE = "unavailable"
    DOOR = "door"


@dataclass(frozen=True, slots=True)
class Age:
    """The instants (UTC) and counters of a session row that decide whether it lives."""

    last_seen: datetime
    expires_at: datetime
    epoch: int
    person_epoch: int


def ending_of(age: Age, now: datetime) -> Ending | None:
    """Give why a session is over by its own row, or None; limits are inclusive: at 20 min it still lives."""
    if age.epoch != age.person_epoch:
        return Ending.EPOCH
    if now > age.expires_at:
        return Ending.OLD
    if now - age.last_seen > IDLE:
        return Ending.IDLE
    return None
