"""When an errand may start, when it comes again, and when it is given up (operations §3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where an errand is; what may follow stands in FOLLOWS."""

    WAITING = "waiting"
    SENT = "sent"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    DROPPED = "dropped"


S = State
# RUNNING follows WAITING too: a relay that died between publishing and its commit has sent a message for a waiting row.
FOLLOWS: dict[State, frozenset[State]] = {
    S.WAITING: frozenset({S.SENT, S.RUNNING}),
    S.SENT: frozenset({S.RUNNING, S.WAITING}),
    S.RUNNING: frozenset({S.DONE, S.WAITING, S.DEAD, S.RUNNING}),
    S.DONE: frozenset(),
    S.DEAD: frozenset({S.WAITING, S.DROPPED}),
    S.DROPPED: frozenset(),
}
IN_FLIGHT = (S.SENT, S.RUNNING)
ENDED = (S.DONE, S.DROPPED)
WAITS_SECONDS = (10, 60, 300, 1_800, 7_200)
SPREAD = 0.2
MAX_STARTS = 4
WINDOW = 8
GRACE_SECONDS = 30
KEPT = timedelta(days=30)
POISON = "POISON"


class Pace(StrEnum):
    """How long a task may take; BUILD has a queue of its own."""

    QUICK = "quick"
    BUILD = "build"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds until a task is asked to end, and until it is ended."""

    soft: int
    hard: int

    @property
    def lease(self) -> timedelta:
        """How long silence is believed to be work."""
        return timedelta(seconds=self.hard + GRACE_SECONDS)


LIMITS: dict[Pace, Limits] = {
    Pace.QUICK: Limits(60, 90),
    Pace.BUILD: Limits(900, 960),
}


class Start(StrEnum):
    """What a delivery leads to."""

    RUN = "run"
    SKIP = "skip"
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a row says when a message for it arrives."""

    state: State
    starts: int
    not_before: datetime
    lease_until: datetime | None


def start_of(standing: Standing, *, is_redelivered: bool, now: datetime) -> Start:
    """Decide about one delivery. A redelivery means that whoever had started is gone, so it takes over at once."""
    if standing.state in (*ENDED, S.DEAD):
        return Start.SKIP
    if standing.state is S.WAITING and standing.not_before > now:
        return Start.SKIP
    leased = standing.lease_until is not None and standing.lease_until > now
    if standing.state is S.RUNNING and leased and not is_redelivered:
        return Start.SKIP
    return Start.GIVE_UP if standing.starts >= MAX_STARTS else Start.RUN


def wait_after(failures: int, *, luck: float) -> timedelta | None:
    """Give how long a task waits after its nth failure, or None: given up. `luck` in [0, 1) spreads it by ±20 %."""
    if failures > len(WAITS_SECONDS):
        return None
    return timedelta(seconds=WAITS_SECONDS[failures - 1] * (1 - SPREAD + 2 * SPREAD * luck))


def sent_lease(pace_lease: timedelta, *, first_sent_at: datetime, now: datetime) -> timedelta:
    """Give how long an unread message is waited for: at least the lease, then as long again as it has waited.

    So a worker that is away for a night finds about eight copies of a message, not one for every two minutes.
    """
    return max(pace_lease, now - first_sent_at)
