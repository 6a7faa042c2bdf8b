"""Look at the plan again on the day that was agreed (I14)."""

from datetime import datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.changing import change
from hlt_tenants.audit.instant import day_of
from hlt_tenants.audit.rules import Basis, Event
from hlt_tenants.casework.errors import TooEarly
from hlt_tenants.casework.giving import give_to_seats
from hlt_tenants.casework.models import Clock, HltCase
from hlt_tenants.casework.moving import lock_as_lead, lock_case, move, start_clock
from hlt_tenants.casework.rules import ClockCode, Step
from hlt_tenants.followup.models import Review
from hlt_tenants.followup.own_items import review_item, review_text
from hlt_tenants.followup.rules import NewReview, check_review
from hlt_tenants.plans.reads import ShownPlan
from hlt_tenants.plans.reviewing import current_plan, write_review_of


def fall_due(*, case: UUID, by: Actor, basis: Basis) -> None:
    """Note that the day of a follow-up has come. Raises TooEarly before it, NotFound, WrongState (domain §5.2)."""
    with change(Event.FELL_DUE, about=case, by=by, basis=basis) as now:
        row = lock_case(case, by)
        move(row, Step.FALL_DUE, by, now)
        running = Clock.objects.filter(case_id=case, code=ClockCode.FOLLOW_UP, stopped_at=None, due_on__lte=day_of(now))
        if not running.exists():
            raise TooEarly


def review(*, case: UUID, review: NewReview, by: Actor, basis: Basis) -> tuple[str, ...]:
    """Write down how goals and measures go, and the next day; FOLLOW_UP runs to it.

    The review goes as a C5 copy to every seat that the consent covers; gives those branches. Raises Invalid (fields),
    PlanElsewhere, NotFound, NotTheLead, WrongState. Source: I14, I15.
    """
    with change(Event.REVIEWED, about=case, by=by, basis=basis) as now:
        row = lock_as_lead(case, by)
        move(row, Step.REVIEW, by, now)
        plan = current_plan(row)
        goals = [goal.goal_id for goal in plan.goals]
        measures = [measure.measure_id for goal in plan.goals for measure in goal.measures]
        check_review(review, goals, measures, day_of(now))
        row.reviews += 1
        row.save()
        written = _write(row, plan, review, by, now)
        write_review_of(review.goals, review.measures, review.rater, day_of(now))
        start_clock(case, ClockCode.FOLLOW_UP, now, due=review.next_on)
        return give_to_seats(row, (review_item(written),), by=by, now=now)


def _write(row: HltCase, plan: ShownPlan, review: NewReview, by: Actor, now: datetime) -> Review:
    written = Review(
        owner_branch=by.own_branch,
        case_id=row.id,
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
