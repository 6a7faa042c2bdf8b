"""The plan: agreed on with the family, changed as a new version; each version goes to the seats at once (T8)."""

from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.giving import give_to_seats
from hlt_tenants.casework.models import HltCase
from hlt_tenants.casework.moving import lock_as_lead, move, start_clock, stop_clocks
from hlt_tenants.casework.rules import ClockCode, Step
from hlt_tenants.plans.own_items import plan_item
from hlt_tenants.plans.rules import NewPlan, check_plan
from hlt_tenants.plans.writing import write_plan


def agree_plan(*, case: UUID, plan: NewPlan, by: Actor, basis: Basis) -> tuple[str, ...]:
    """Agree on the first plan; support begins. Stops PLAN, starts FOLLOW_UP to the plan's own review day.

    The version goes as a C5 copy to every seat that the consent covers; gives those branches. Raises Invalid (fields),
    NotFound, NotTheLead, WrongState. Source: domain §5.2, I12, I13.
    """
    with change(Event.PLAN_AGREED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.AGREE_PLAN, by, now)
        stop_clocks(case, now, ClockCode.PLAN, ClockCode.MEETING, ClockCode.CLOSE_UP)
        return _new_version(row, plan, by, now)


def change_plan(*, case: UUID, plan: NewPlan, by: Actor, basis: Basis) -> tuple[str, ...]:
    """Agree on a new version in place of the present one; also what a new lead does first. Raises as `agree_plan`."""
    with change(Event.PLAN_CHANGED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.CHANGE_PLAN, by, now)
        return _new_version(row, plan, by, now)


def _new_version(row: HltCase, plan: NewPlan, by: Actor, now: datetime) -> tuple[str, ...]:
    check_plan(plan, day_of(now))
    row.plan_number += 1
    row.save()
    version = write_plan(row.id, row.plan_number, plan, by=by, now=now)
    start_clock(row.id, ClockCode.FOLLOW_UP, now, due=plan.review_on)
    return give_to_seats(row, (plan_item(version),), by=by, now=now)
