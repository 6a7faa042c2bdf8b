"""When a plan is whole enough to be agreed on (domain §5.2 agree_plan, §6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from hlt_identity.errors import Invalid
from hlt_tenants.plans.codes import CellKind, Domain, GoalLevel, MeasureType, OwnerKind, Rater, VoiceState

MOST_GOALS = 3
MAPPED_UNDER: dict[Domain, str] = {Domain.HEALTH: "C2", Domain.LEARNING: "C3", Domain.SAFETY: "C4"}
RHO = 0.3  # the usual correlation between goals of one person (goal attainment scaling)


@dataclass(frozen=True, slots=True)
class Voice:
    """What the child said, when and how, or why nobody asked."""

    state: VoiceState
    words: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """One piece of support: what, of which type, who does it, from when and when it is looked at."""

    type: MeasureType
    text: str
    owner_kind: OwnerKind
    owner_name: str
    starts_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class NewGoal:
    """One goal in the family's words, what start and hope look like, and its measures."""

    domain: Domain
    words: str
    start_text: str
    hoped_text: str
    measures: tuple[NewMeasure, ...]
    start_level: GoalLevel = GoalLevel.LESS


@dataclass(frozen=True, slots=True)
class NewRating:
    """How somebody sees one domain, 0 (as hard as can be) to 10 (as well as can be)."""

    domain: Domain
    rater: Rater
    level: int


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan as it is agreed on: who of the family said yes and when it is looked at next."""

    goals: tuple[NewGoal, ...]
    voice: Voice
    ratings: tuple[NewRating, ...]
    agreed_with: str
    review_on: date


def category_of(domain: Domain, kind: CellKind) -> str:
    """Give the category a mapping cell crosses under: the child's own words have one of their own (C6)."""
    return "C6" if kind is CellKind.CHILD_WORDS else MAPPED_UNDER[domain]


def check_plan(plan: NewPlan, today: date) -> None:
    """Raise Invalid, by field, unless the plan is whole: goals, owner and date of every measure, voice, ratings."""
    faults = {**_about_goals(plan.goals, today), **voice_faults(plan.voice), **rating_faults(plan.ratings)}
    if not plan.agreed_with.strip():
        faults["agreed_with"] = "Skriv vem i familjen som sagt ja till planen."
    if plan.review_on <= today:
        faults["review_on"] = "Välj en dag efter i dag för uppföljningen."
    if faults:
        raise Invalid(fields=faults)


def _about_goals(goals: tuple[NewGoal, ...], today: date) -> dict[str, str]:
    if not 1 <= len(goals) <= MOST_GOALS:
        return {"goals": "Skriv ett till tre mål. Ett fjärde mål kräver att ett annat är klart."}
    faults = {}
    for number, goal in enumerate(goals, start=1):
        if not (goal.words.strip() and goal.start_text.strip() and goal.hoped_text.strip()):
            faults[f"goal_{number}"] = "Skriv målet, hur det är nu och vad ni hoppas på."
        if not goal.measures:
            faults[f"measures_{number}"] = "Målet behöver minst en insats med en ansvarig och ett datum."
        elif not all(_is_whole(measure, today) for measure in goal.measures):
            faults[f"measures_{number}"] = "Varje insats behöver en ansvarig och ett datum från i dag och framåt."
    return faults


def _is_whole(measure: NewMeasure, today: date) -> bool:
    has_owner = measure.owner_kind is OwnerKind.FAMILY or bool(measure.owner_name.strip())
    return bool(measure.text.strip()) and has_owner and measure.starts_on <= measure.due_on and today <= measure.due_on


def voice_faults(voice: Voice) -> dict[str, str]:
    """Give what is missing of the child's voice: the words, or why nobody asked (L-31)."""
    if voice.state is VoiceState.GIVEN and not voice.words.strip():
        return {"voice_words": "Skriv vad barnet sagt eller visat."}
    if voice.state is VoiceState.NOT_ASKED and not voice.why_not.strip():
        return {"voice_why_not": "Skriv varför barnet inte är tillfrågat."}
    return {}


def rating_faults(ratings: Sequence[NewRating]) -> dict[str, str]:
    """Give what is missing of the H/L/T ratings: one person at least, all three domains, 0 to 10."""
    if any(not 0 <= rating.level <= 10 for rating in ratings):
        return {"ratings": "Skattningen går från 0 till 10."}
    whole = [r for r in Rater if {rating.domain for rating in ratings if rating.rater is r} == set(Domain)]
    return {} if whole else {"ratings": "Minst en person behöver skatta hälsa, lärande och trygghet."}


def t_score(goals: Sequence[tuple[float, int]]) -> float:
    """Give the T-score of (weight, level −2…+2) pairs: 50 = as hoped. Needs a goal; only meant inside one case.

    T = 50 + 10Σwx / √((1−ρ)Σw² + ρ(Σw)²), ρ = 0.3 (Kiresuk and Sherman 1968; domain §6.2).
    """
    weighted = sum(weight * level for weight, level in goals)
    squares = (1 - RHO) * sum(weight**2 for weight, _ in goals)
    return 50 + 10 * weighted / sqrt(squares + RHO * sum(weight for weight, _ in goals) ** 2)
