"""A plan's rows, written in the transaction of the step that agrees on it or looks at it again."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from hlt_identity.door import Actor
from hlt_tenants.audit.instant import day_of
from hlt_tenants.plans.codes import GoalLevel, Moment, Rater
from hlt_tenants.plans.models import Goal, GoalRating, Measure, PlanVersion, Rating
from hlt_tenants.plans.rules import NewGoal, NewPlan, NewRating


def write_plan(case: UUID, number: int, plan: NewPlan, *, by: Actor, now: datetime) -> PlanVersion:
    """Write a version with its goals, measures and start ratings, in the actor's branch."""
    row = PlanVersion(
        owner_branch=by.own_branch,
        case_id=case,
        number=number,
        agreed_on=day_of(now),
        agreed_with=plan.agreed_with,
        review_on=plan.review_on,
        voice_state=plan.voice.state,
        voice_words=plan.voice.words,
        voice_why_not=plan.voice.why_not,
        written_by=by.person_id,
        written_at=now,
    )
    row.save(force_insert=True)
    for place, goal in enumerate(plan.goals, start=1):
        _write_goal(row, place, goal, day_of(now))
    write_ratings(case, Moment.START, plan.ratings, by=by, on=day_of(now))
    return row


def write_ratings(case: UUID, moment: Moment, ratings: Collection[NewRating], *, by: Actor, on: date) -> None:
    for rating in ratings:
        Rating(
            owner_branch=by.own_branch,
            case_id=case,
            moment=moment,
            domain=rating.domain,
            rater=rating.rater,
            level=rating.level,
            on=on,
        ).save(force_insert=True)


def write_goal_rating(goal: Goal, moment: Moment, level: GoalLevel, rater: Rater, on: date) -> None:
    GoalRating(
        owner_branch=goal.owner_branch, goal_id=goal.id, moment=moment, rater=rater, level=int(level), on=on
    ).save(force_insert=True)


def _write_goal(plan: PlanVersion, place: int, goal: NewGoal, on: date) -> None:
    row = Goal(
        owner_branch=plan.owner_branch,
        plan_id=plan.id,
        number=place,
        domain=goal.domain,
        words=goal.words,
        start_text=goal.start_text,
        hoped_text=goal.hoped_text,
    )
    row.save(force_insert=True)
    write_goal_rating(row, Moment.START, goal.start_level, Rater.LEAD, on)
    for measure in goal.measures:
        Measure(
            owner_branch=plan.owner_branch,
            goal_id=row.id,
            type=measure.type,
            text=measure.text,
            owner_kind=measure.owner_kind,
            owner_name=measure.owner_name,
            starts_on=measure.starts_on,
            due_on=measure.due_on,
        ).save(force_insert=True)
