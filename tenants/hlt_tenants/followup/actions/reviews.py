"""Look at the plan again on the day that was agreed (I14)."""

from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.errors import TooEarly
from hlt_tenants.casework.moving import start_clock
from hlt_tenants.casework.rules import ClockCode, Step
from hlt_tenants.casework.stepping import count_review, is_due, share, step, step_of_clock
from hlt_tenants.followup.models import Review
from hlt_tenants.followup.own_items import review_item, review_text
from hlt_tenants.followup.rules import NewReview, check_review
from hlt_tenants.plans.reads import ShownPlan
from hlt_tenants.plans.reviewing import current_plan, write_review_of


def fall_due(*, case: UUID, by: Actor, basis: Basis) -> None:
    """Note that the day of a follow-up has come; only the clock of the lead's branch does.

    Raises OnlyTheClock, TooEarly, NotFound, WrongState. Source: domain §5.2.
    """
    with change(Event.FELL_DUE, about=case, by=by, basis=basis) as now:
        step_of_clock(Step.FALL_DUE, case=case, by=by, now=now)
        if not is_due(case, ClockCode.FOLLOW_UP, day_of(now)):
            raise TooEarly


def review(*, case: UUID, review: NewReview, by: Actor, basis: Basis) -> tuple[str, ...]:
    """Write down how goals and measures go, and the next day; FOLLOW_UP runs to it.

    The review goes as a C5 copy to every seat that the consent covers; gives those branches. Raises Invalid (fields),
    PlanElsewhere, NotFound, NotTheLead, WrongState. Source: I14, I15.
    """
    with change(Event.REVIEWED, about=case, by=by, basis=basis) as now:
        plan = current_plan(step(Step.REVIEW, case=case, by=by, now=now))
        goals = [goal.goal_id for goal in plan.goals]
        measures = [measure.measure_id for goal in plan.goals for measure in goal.measures]
        check_review(review, goals, measures, day_of(now))
        count_review(case)
        written = _write(case, plan, review, by, now)
        write_review_of(review.goals, review.measures, review.rater, day_of(now))
        start_clock(case, ClockCode.FOLLOW_UP, now, due=review.next_on)
        return share(case, (review_item(written),), by=by, now=now)


def _write(case: UUID, plan: ShownPlan, review: NewReview, by: Actor, now: datetime) -> Review:
    written = Review(
        owner_branch=by.own_branch,
        case_id=case,
        plan_number=plan.number,
        on=day_of(now),
        next_on=review.next_on,
        line=review.line,
        content=review_text(plan, review, day_of(now)),
        written_by=by.person_id,
        written_at=now,
    )
    written.save(force_insert=True)
    return written
