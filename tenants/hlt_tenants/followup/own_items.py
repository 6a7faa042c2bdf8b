"""The items of a case that this app owns and a branch could give: reviews, as they were written."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from hlt_tenants.casework.offers import Offered
from hlt_tenants.followup.models import Review
from hlt_tenants.followup.rules import NewReview
from hlt_tenants.plans.codes import MeasureStatus
from hlt_tenants.plans.reads import ShownMeasure, ShownPlan


def own_items(case: UUID) -> tuple[Offered, ...]:
    """Give the branch's own reviews of a case, newest first."""
    return tuple(review_item(row) for row in Review.objects.filter(case_id=case).order_by("-written_at"))


def review_item(row: Review) -> Offered:
    return Offered("review", row.id, "C5", f"Uppföljning {row.on.isoformat()}", row.content)


def review_text(plan: ShownPlan, review: NewReview, on: date) -> str:
    """Write a review as the text that is kept and that crosses: goals, measures, the line, the next day."""
    lines = [f"Uppföljning {on.isoformat()} av plan, version {plan.number}"]
    for goal in plan.goals:
        lines.append(f"Mål: {goal.words} – {review.goals[goal.goal_id].label}")
        lines += _measure_lines(goal.measures, review.measures)
    lines += [review.line] if review.line else []
    return "\n".join([*lines, f"Nästa uppföljning: {review.next_on.isoformat()}"])


def _measure_lines(measures: Collection[ShownMeasure], status: Mapping[UUID, MeasureStatus]) -> list[str]:
    return [f"  Insats: {measure.text} – {status[measure.measure_id].label}" for measure in measures]
