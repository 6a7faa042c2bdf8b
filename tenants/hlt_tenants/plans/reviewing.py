"""How goals and measures went, written in the transaction of a review or an end."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from hlt_tenants.casework.stepping import Stepped
from hlt_tenants.plans.codes import GoalLevel, MeasureStatus, Moment, Rater
from hlt_tenants.plans.errors import PlanElsewhere
from hlt_tenants.plans.models import Goal, Measure
from hlt_tenants.plans.reads import ShownPlan, newest_plan
from hlt_tenants.plans.writing import write_goal_rating


def current_plan(at: Stepped) -> ShownPlan:
    """Give the version in force; raise PlanElsewhere when another branch wrote it."""
    plan = newest_plan(at.case_id)
    if plan is None or plan.number != at.plan_number:
        raise PlanElsewhere
    return plan


def write_review_of(
    goals: Mapping[UUID, GoalLevel], measures: Mapping[UUID, MeasureStatus], rater: Rater, on: date
) -> None:
    """Write each goal's level and each measure's status; the ids were checked against the plan by the caller."""
    for measure in Measure.objects.filter(id__in=list(measures)):
        measure.status, measure.status_on = measures[measure.id], on
        measure.save()
    write_levels(goals, Moment.REVIEW, rater, on)


def write_levels(goals: Mapping[UUID, GoalLevel], moment: Moment, rater: Rater, on: date) -> None:
    for goal in Goal.objects.filter(id__in=list(goals)):
        write_goal_rating(goal, moment, goals[goal.id], rater, on)
