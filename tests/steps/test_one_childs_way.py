"""Elsa's way from a signal to the end, by the people who take each step; each promise is seen to run (domain §5)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from tests.cast import actor
from tests.story import (
    HEALTH,
    NURSE,
    answered,
    as_played,
    granted,
    met,
    planned,
    team_in_lycksele,
)

from hlt_tenants.audit import instant
from hlt_tenants.casework.models import Clock, HltCase
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.casework.rules import ClockCode, Step
from hlt_tenants.followup.actions.closing import begin_close, close
from hlt_tenants.followup.actions.reviews import fall_due, review
from hlt_tenants.followup.codes import CloseReason, SurveyState
from hlt_tenants.followup.rules import NewClosure, NewReview
from hlt_tenants.plans.codes import Domain, GoalLevel, MeasureStatus, Rater, VoiceState
from hlt_tenants.plans.reads import plan
from hlt_tenants.plans.rules import NewRating, Voice
from hlt_tenants.registry.context import inside

START = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
KARIN = {"by": actor("karin"), "basis": HEALTH}


@pytest.fixture(scope="module")
def team(kommuner: None) -> UUID:
    return team_in_lycksele()


@pytest.fixture
def day(team: UUID) -> Iterator[None]:
    with instant.at(START):
        yield


def state(case: UUID) -> str:
    with inside(NURSE):
        return HltCase.objects.get(id=case).state


def promises(case: UUID) -> dict[str, str]:
    with inside(NURSE):
        rows = Clock.objects.filter(case_id=case, stopped_at=None).exclude(code=ClockCode.CONSENT_END)
        return {row.code: row.due_on.isoformat() for row in rows}


def next_of(case: UUID, user: str = "karin") -> Step | None:
    where, who, basis = as_played(user)
    with inside(where):
        return case_view(case, by=who, basis=basis).next_step.step


def closure(case: UUID) -> NewClosure:
    with inside(NURSE):
        shown = plan(case, **KARIN)  # type: ignore[arg-type]
    goals = {goal.goal_id: GoalLevel.MORE for goal in shown.goals} if shown else {}
    ratings = tuple(NewRating(domain, Rater.LEAD, 7) for domain in Domain)
    voice = Voice(VoiceState.GIVEN, "Det är lugnare nu.")
    return NewClosure(CloseReason.GOALS_REACHED, goals, Rater.GUARDIAN, ratings, voice, SurveyState.INVITED)


def reviewed(case: UUID) -> None:
    with inside(NURSE):
        shown = plan(case, **KARIN)  # type: ignore[arg-type]
        assert shown is not None
        goals = {goal.goal_id: GoalLevel.AS_HOPED for goal in shown.goals}
        measures = {one.measure_id: MeasureStatus.ONGOING for goal in shown.goals for one in goal.measures}
        later = instant.today() + timedelta(days=42)
        review(case=case, review=NewReview(goals, measures, Rater.LEAD, "Går bra.", later), **KARIN)  # type: ignore[arg-type]


def test_from_signal_to_end_with_every_promise_on_the_way(day: None) -> None:
    case = granted()
    assert (state(case), promises(case), next_of(case)) == ("listed", {"MEETING": "2026-12-26"}, Step.BOOK_MEETING)
    met(case)
    assert promises(case) == {"FEEDBACK": "2026-12-02", "PLAN": "2026-12-09"}
    assert (state(case), next_of(case)) == ("mapping", Step.GIVE_FEEDBACK)
    answered(case)
    assert (promises(case), next_of(case)) == ({"PLAN": "2026-12-09"}, Step.AGREE_PLAN)
    assert planned(case) == ("region_health", "social")
    assert (state(case), promises(case), next_of(case)) == ("active", {"FOLLOW_UP": "2027-01-06"}, None)
    with instant.at(START + timedelta(days=42)):
        with inside(NURSE):
            fall_due(case=case, **KARIN)  # type: ignore[arg-type]
        assert (state(case), next_of(case)) == ("follow_up_due", Step.REVIEW)
        reviewed(case)
        assert (state(case), promises(case)) == ("active", {"FOLLOW_UP": "2027-02-17"})
        with inside(NURSE):
            begin_close(case=case, reason=CloseReason.GOALS_REACHED, **KARIN)  # type: ignore[arg-type]
        assert (state(case), next_of(case)) == ("closing", Step.CLOSE)
        with inside(NURSE):
            close(case=case, closure=closure(case), **KARIN)  # type: ignore[arg-type]
        assert (state(case), promises(case)) == ("closed", {"ECHO": "2027-07-07"})
