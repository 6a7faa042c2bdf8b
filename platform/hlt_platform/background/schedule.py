"""What is due by the calendar, in code: a change of it is a reviewed diff."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from hlt_graphql.releases.tasks import SWEEP
from hlt_graphql.trace.home import REGION
from hlt_graphql.trace.tasks import TIDY as TIDY_REGION
from hlt_identity.errands.planning import LOCAL, Planned, Turn, daily, every_hours
from hlt_identity.leavers.home import IDENTITY
from hlt_identity.leavers.tasks import TIDY as TIDY_IDENTITY
from hlt_tenants.casework.tasks import NIGHTLY as LAPSES
from hlt_tenants.followup.tasks import NIGHTLY as FOLLOW_UPS
from hlt_tenants.registry.outbox.home import KOMMUN
from hlt_tenants.registry.outbox.tasks import TIDY as TIDY_KOMMUN
from hlt_tenants.reporting.rules import bounds, last_ended
from hlt_tenants.reporting.tasks import FREEZE

# What is written down late in a kommun still counts in its period (regional §3.2).
LAG = timedelta(days=14)


def after_period(level: str) -> Callable[[datetime], Turn | None]:
    """Give the turn of the newest quarter, year or block that ended at least the lag ago."""

    def turn(now: datetime) -> Turn:
        period = last_ended(level, (now.astimezone(LOCAL) - LAG).date())
        _first, after = bounds(period)
        return Turn(period, datetime.combine(after, time(2), LOCAL) + LAG)

    return turn


SCHEDULE: tuple[Planned, ...] = (
    Planned(TIDY_KOMMUN, KOMMUN, daily(time(1))),
    Planned(TIDY_REGION, REGION, daily(time(1))),
    Planned(TIDY_IDENTITY, IDENTITY, daily(time(1))),
    Planned(SWEEP, REGION, every_hours(6)),
    *(Planned(task, KOMMUN, daily(time(3))) for task in (*LAPSES, *FOLLOW_UPS)),
    *(Planned(task, KOMMUN, after_period(level), spread_minutes=120) for level, task in FREEZE.items()),
)
