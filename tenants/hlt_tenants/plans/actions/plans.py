"""The plan: agreed on with the family, changed as a new version; each version goes to the seats at once (T8)."""

from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.moving import start_clock, stop_clocks
from hlt_tenants.casework.rules import ClockCode, Step
from hlt_tenants.casework.stepping import number_plan, share, step
from hlt_tenants.plans.own_items import version_items
from hlt_tenants.plans.rules import NewPlan, check_plan
from hlt_tenants.plans.writing import write_plan


def agree_plan(*, case: UUID, plan: NewPlan, by: Actor, basis: Basis) -> tuple[str, ...]:
    """Agree on the first plan; support begins. Stops PLAN, starts FOLLOW_UP to the plan's own review day.

    The version goes as a C5 copy, the child's own words as a C6 copy, to every seat that the consent covers them for;
    gives those branches. Raises Invalid (fields), NotFound, NotTheLead, WrongState. Source: domain §5.2, I12, I13.
    """
    with change(Event.PLAN_AGREED, about=case, by=by, basis=basis) as now:
        step(Step.AGREE_PLAN, case=case, by=by, now=now)
        stop_clocks(case, now, ClockCode.PLAN, ClockCode.MEETING, ClockCode.CLOSE_UP)
        return _new_version(case, plan, by, now)


def change_plan(*, case: UUID, plan: NewPlan, by: Actor, basis: Basis) -> tuple[str, ...]:
    """Agree on a new version in place of the present one; also what a new lead does first. Raises as `agree_plan`."""
    with change(Event.PLAN_CHANGED, about=case, by=by, basis=basis) as now:
        step(Step.CHANGE_PLAN, case=case, by=by, now=now)
        return _new_version(case, plan, by, now)


def _new_version(case: UUID, plan: NewPlan, by: Actor, now: datetime) -> tuple[str, ...]:
    check_plan(plan, day_of(now))
    version = write_plan(case, number_plan(case), plan, by=by, now=now)
    start_clock(case, ClockCode.FOLLOW_UP, now, due=plan.review_on)
    return share(case, version_items(version), by=by, now=now)
