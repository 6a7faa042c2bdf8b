"""The T-score of goals against hand-worked cases, to two decimals (domain §6.2, A4)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from tests.story import KARIN, NURSE, granted, met, new_plan

from hlt_tenants.audit import instant
from hlt_tenants.followup.actions.reviews import review
from hlt_tenants.followup.rules import NewReview
from hlt_tenants.plans.actions.plans import agree_plan
from hlt_tenants.plans.codes import GoalLevel, MeasureStatus, Rater
from hlt_tenants.plans.reads import plan
from hlt_tenants.plans.rules import t_score
from hlt_tenants.registry.context import inside


@pytest.mark.parametrize(
    ("weights", "levels", "score"),
    [
        ((1,), (1,), 60.00),
        ((1, 1), (1, 1), 62.40),
        ((1, 1, 1), (2, 2, 2), 77.39),
        ((1, 1, 1), (-2, -2, -2), 22.61),
        ((1, 1, 1), (-1, 0, 1), 50.00),
        ((1, 1, 1), (2, 0, -1), 54.56),
        ((3, 2, 1), (2, -1, 0), 58.81),
        ((3, 2, 1), (1, 0, -1), 54.41),
    ],
)
def test_goals_are_scored_as_worked_by_hand(weights: Sequence[int], levels: Sequence[int], score: float) -> None:
    assert round(t_score(list(zip(weights, levels, strict=True))), 2) == score


@pytest.mark.parametrize(("goals", "score"), [(1, None), (2, 62.40)])
def test_a_plan_has_a_score_once_two_goals_are_rated(day: None, goals: int, score: float | None) -> None:
    case = granted()
    met(case)
    with inside(NURSE):
        agree_plan(case=case, plan=replace(new_plan(), goals=new_plan().goals * goals), **KARIN)
        shown = plan(case, **KARIN)
        assert shown is not None
        assert shown.score is None
        levels: dict[UUID, GoalLevel] = {goal.goal_id: GoalLevel.MORE for goal in shown.goals}
        status = {one.measure_id: MeasureStatus.DONE for goal in shown.goals for one in goal.measures}
        seen = NewReview(levels, status, Rater.LEAD, "", instant.today() + timedelta(days=30))
        review(case=case, review=seen, **KARIN)
        again = plan(case, **KARIN)
    assert again is not None
    assert (None if again.score is None else round(again.score, 2)) == score
