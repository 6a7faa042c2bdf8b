"""When a review or an end is whole enough to be written down (domain §5.2 review, close)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from hlt_identity.errors import Invalid
from hlt_tenants.followup.codes import CloseReason, SurveyState
from hlt_tenants.plans.codes import GoalLevel, MeasureStatus, Rater
from hlt_tenants.plans.rules import NewRating, Voice, rating_faults, voice_faults

LATEST_REVIEW_DAYS = 92


@dataclass(frozen=True, slots=True)
class NewReview:
    """One look at the plan: each goal's level, each measure's status, one line, the next day."""

    goals: Mapping[UUID, GoalLevel]
    measures: Mapping[UUID, MeasureStatus]
    rater: Rater
    line: str
    next_on: date


@dataclass(frozen=True, slots=True)
class NewClosure:
    """The end of a case: reason, where goals and domains stand, the child's voice, the survey."""

    reason: CloseReason
    goals: Mapping[UUID, GoalLevel]
    rater: Rater
    ratings: tuple[NewRating, ...]
    voice: Voice
    survey: SurveyState
    survey_why_not: str = ""


def check_review(review: NewReview, goals: Collection[UUID], measures: Collection[UUID], today: date) -> None:
    """Raise Invalid, by field, unless every goal and measure of the plan is told and the next day lies 1–92 days on."""
    faults = {}
    if set(review.goals) != set(goals):
        faults["goals"] = "Markera var varje mål står."
    if set(review.measures) != set(measures):
        faults["measures"] = "Markera hur varje insats går."
    if not today < review.next_on <= today + timedelta(days=LATEST_REVIEW_DAYS):
        faults["next_on"] = "Välj nästa uppföljning inom 92 dagar."
    if faults:
        raise Invalid(fields=faults)


def check_closure(closure: NewClosure, goals: Collection[UUID]) -> None:
    """Raise Invalid, by field, unless the end is whole; a case without a plan has no goals and needs no ratings."""
    faults = voice_faults(closure.voice)
    if set(closure.goals) != set(goals):
        faults["goals"] = "Markera var varje mål står."
    if goals or closure.ratings:
        faults |= rating_faults(closure.ratings)
    if closure.survey is SurveyState.NOT_INVITED and not closure.survey_why_not.strip():
        faults["survey_why_not"] = "Skriv varför familjen inte fått enkäten."
    if faults:
        raise Invalid(fields=faults)
