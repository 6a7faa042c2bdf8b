"""What invented people write in invented cases: plain sentences, one set per kind of concern."""

from datetime import date, timedelta

from hlt_identity.door import Actor
from hlt_tenants.casework.codes import Concern
from hlt_tenants.followup.codes import CloseReason, SurveyState
from hlt_tenants.followup.rules import NewClosure, NewReview
from hlt_tenants.plans.codes import Domain, GoalLevel, MeasureStatus, MeasureType, OwnerKind, Rater, VoiceState
from hlt_tenants.plans.reads import ShownPlan
from hlt_tenants.plans.rules import NewGoal, NewMeasure, NewPlan, NewRating, Voice

# Per concern: what was seen, what works, the domain of the goal, the goal, how it is, what is hoped, the measure.
WORDS: dict[Concern, tuple[str, str, Domain, str, str, str, MeasureType, str]] = {
    Concern.LEARNING: (
        "Kommer sent och har svårt att komma igång med uppgifter.",
        "Tycker om bild och slöjd.",
        Domain.LEARNING,
        "Vara med på lektionerna hela dagen",
        "Är med till lunch de flesta dagar",
        "Är med hela dagen fyra dagar av fem",
        MeasureType.ADAPTED_SUPPORT,
        "Kort schema och en vuxen som möter på morgonen",
    ),
    Concern.FRIENDS: (
        "Är ofta ensam på rasterna.",
        "Har en nära vän i grannhuset.",
        Domain.SAFETY,
        "Ha någon att vara med",
        "Är ensam de flesta raster",
        "Är med andra minst varannan rast",
        MeasureType.LEISURE,
        "Börjar i en idrottsgrupp med stöd av en ledare",
    ),
    Concern.FAMILY: (
        "Oroar sig för dem därhemma och sover dåligt.",
        "Har en mormor nära.",
        Domain.SAFETY,
        "Veta vem som är hemma när skolan slutar",
        "Vet inte på förhand de flesta dagar",
        "Vet alla vardagar",
        MeasureType.FAMILY_TALKS,
        "Familjesamtal varannan vecka",
    ),
    Concern.MOOD: (
        "Är ledsen och trött, äter lite i skolan.",
        "Pratar gärna med skolsköterskan.",
        Domain.HEALTH,
        "Sova hela natten",
        "Vaknar de flesta nätter",
        "Sover fem nätter av sju",
        MeasureType.CHILD_TALKS,
        "Samtal varje vecka",
    ),
    Concern.DEVELOPMENT: (
        "Få ord och svårt att göra sig förstådd i gruppen.",
        "Leker länge med klossar.",
        Domain.LEARNING,
        "Kunna säga vad man vill",
        "Visar med kroppen",
        "Använder ord eller bilder varje dag",
        MeasureType.PARENT_SUPPORT,
        "Föräldrastöd kring språk i vardagen",
    ),
    Concern.RISK: (
        "Är ute sent med äldre kamrater.",
        "Har ett bra förhållande till sin tränare.",
        Domain.SAFETY,
        "Vara hemma på kvällarna i veckan",
        "Är ute sent fyra kvällar i veckan",
        "Är hemma alla skolkvällar",
        MeasureType.PARENT_GROUP,
        "Föräldrarna går med i en föräldragrupp",
    ),
}


def seen_of(concern: Concern) -> tuple[str, str]:
    """Give what was seen and what works well."""
    seen, works, *_ = WORDS[concern]
    return seen, works


def plan_of(concern: Concern, by: Actor, today: date) -> NewPlan:
    """Give a plan of one goal with one measure, looked at again after six weeks."""
    _seen, _works, domain, goal, now, hoped, kind, text = WORDS[concern]
    measure = NewMeasure(kind, text, OwnerKind.PERSON, by.unit or "", today, today + timedelta(days=42))
    voice = Voice(VoiceState.GIVEN, "Jag vill att det blir som förut.")
    ratings = tuple(NewRating(one, Rater.LEAD, 4) for one in Domain)
    return NewPlan(
        (NewGoal(domain, goal, now, hoped, (measure,)),), voice, ratings, "Vårdnadshavare", today + timedelta(days=42)
    )


def review_of(plan: ShownPlan, today: date) -> NewReview:
    """Give a look at a plan: every goal a little better, every measure going on."""
    goals = {goal.goal_id: GoalLevel.AS_HOPED for goal in plan.goals}
    measures = {measure.measure_id: MeasureStatus.ONGOING for goal in plan.goals for measure in goal.measures}
    return NewReview(goals, measures, Rater.GUARDIAN, "Det går åt rätt håll.", today + timedelta(days=42))


def closure_of(plan: ShownPlan | None, reason: CloseReason) -> NewClosure:
    """Give an end: goals as hoped where there were any."""
    goals = {goal.goal_id: GoalLevel.AS_HOPED for goal in plan.goals} if plan else {}
    ratings = tuple(NewRating(one, Rater.LEAD, 7) for one in Domain)
    voice = Voice(VoiceState.GIVEN, "Det är bättre nu.")
    return NewClosure(reason, goals, Rater.GUARDIAN, ratings, voice, SurveyState.INVITED)
