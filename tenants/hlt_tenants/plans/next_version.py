"""The present plan as the fields that its next version begins with: what still holds is not written twice."""

from datetime import date

from django.http import QueryDict

from hlt_tenants.plans.codes import MeasureStatus, OwnerKind
from hlt_tenants.plans.reads import ShownGoal, ShownMeasure, ShownPlan

OVER = frozenset({MeasureStatus.DONE, MeasureStatus.STOPPED})
FAMILY = "Familjen"


def fields_of(plan: ShownPlan, today: date) -> QueryDict:
    """Give a plan as a PlanSheet reads it: voice, goals, measures that are not over; a day that has passed is empty.

    Who said yes, the ratings and the day of follow-up belong to the day of the new version and are asked anew.
    """
    found = QueryDict(mutable=True)
    voice = plan.voice
    found.update({"voice_state": voice.state.value, "voice_words": voice.words or voice.why_not})
    found["goals"] = str(len(plan.goals))
    for number, goal in enumerate(plan.goals, start=1):
        found.update(_goal(f"g{number}", goal, today))
    return found


def _goal(prefix: str, goal: ShownGoal, today: date) -> dict[str, str]:
    running = [measure for measure in goal.measures if measure.status not in OVER]
    fields = {
        f"{prefix}-words": goal.words,
        f"{prefix}-domain": goal.domain.value,
        f"{prefix}-start_text": goal.start_text,
        f"{prefix}-hoped_text": goal.hoped_text,
        f"{prefix}-measures": str(len(running)),
    }
    for number, measure in enumerate(running, start=1):
        fields |= _measure(f"{prefix}m{number}", measure, today)
    return fields


def _measure(prefix: str, measure: ShownMeasure, today: date) -> dict[str, str]:
    return {
        f"{prefix}-type": measure.type.value,
        f"{prefix}-text": measure.text,
        f"{prefix}-owner": FAMILY if measure.owner_kind is OwnerKind.FAMILY else measure.owner_name,
        f"{prefix}-due_on": measure.due_on.isoformat() if measure.due_on >= today else "",
    }
