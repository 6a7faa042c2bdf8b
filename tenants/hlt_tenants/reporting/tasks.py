"""Counting by the calendar, by the kommun's jobs login."""

from hlt_identity.errands.homes import Errand
from hlt_tenants.audit import instant
from hlt_tenants.registry.outbox.home import kommun_task
from hlt_tenants.reporting.actions import freeze_period

FREEZE = {level: f"reporting.freeze_{level}" for level in ("quarter", "year", "block")}


def freeze(errand: Errand) -> None:
    """Count the period that has ended and keep the counts; the errand's period is the one to count."""
    if errand.period is not None:
        freeze_period(errand.period, today=instant.today())


for task in FREEZE.values():
    kommun_task(task)(freeze)
