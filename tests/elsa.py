"""Questions that tests of Elsa's way ask again and again."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.story import (
    KARIN,
    NURSE,
    as_played,
)

from hlt_identity.errors import HltError
from hlt_tenants.audit import instant
from hlt_tenants.casework.models import Clock, HltCase
from hlt_tenants.casework.reads.case import case_view
from hlt_tenants.casework.rules import ClockCode, Step
from hlt_tenants.followup.actions.reviews import review
from hlt_tenants.followup.codes import CloseReason, SurveyState
from hlt_tenants.followup.rules import NewClosure, NewReview
from hlt_tenants.plans.codes import Domain, GoalLevel, MeasureStatus, Rater, VoiceState
from hlt_tenants.plans.reads import plan
from hlt_tenants.plans.rules import NewRating, Voice
from hlt_tenants.registry.context import inside

LOCAL = ZoneInfo("Europe/Stockholm")
START = datetime(2026, 11, 25, 10, 0, tzinfo=LOCAL)


def fields_of(refusal: HltError) -> dict[str, str]:
    found = refusal.data["fields"]
    assert isinstance(found, dict)
    return found


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
        shown = plan(case, **KARIN)
    goals = {goal.goal_id: GoalLevel.MORE for goal in shown.goals} if shown else {}
    ratings = tuple(NewRating(domain, Rater.LEAD, 7) for domain in Domain)
    voice = Voice(VoiceState.GIVEN, "Det är lugnare nu.")
    return NewClosure(CloseReason.GOALS_REACHED, goals, Rater.GUARDIAN, ratings, voice, SurveyState.INVITED)


def reviewed(case: UUID) -> None:
    with inside(NURSE):
        shown = plan(case, **KARIN)
        goals = shown.goals if shown else ()
        levels = {goal.goal_id: GoalLevel.AS_HOPED for goal in goals}
        status = {one.measure_id: MeasureStatus.ONGOING for goal in goals for one in goal.measures}
        later = instant.today() + timedelta(days=42)
        review(case=case, review=NewReview(levels, status, Rater.LEAD, "Går bra.", later), **KARIN)
