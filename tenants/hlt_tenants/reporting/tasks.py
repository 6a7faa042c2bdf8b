"""Counting by the calendar, by the kommun's jobs login."""

from hlt_identity.errands.homes import Errand
from hlt_tenants.audit import instant
from hlt_tenants.registry.outbox.home import kommun_task
from hlt_tenants.registry.reads import opened_at
from hlt_tenants.reporting.actions import freeze_period
from hlt_tenants.reporting.rules import is_whole

FREEZE = {level: f"reporting.freeze_{level}" for level in ("quarter", "year", "block")}


def freeze(errand: Errand) -> None:
    """Count the errand's period and keep the counts, if the kommun was on the platform for all of it.

    A time from before it came would be counted as none or too few for ever; it is missing, which is something else.
    """
    came_on = instant.day_of(opened_at(errand.scope))
    if errand.period is not None and is_whole(errand.period, came_on):
        freeze_period(errand.period, today=instant.today())


for task in FREEZE.values():
    kommun_task(task)(freeze)
