"""The next version of a plan begins with what still holds of the present one."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hlt_tenants.audit import instant
from hlt_tenants.plans.codes import Domain, GoalLevel, MeasureStatus, MeasureType, OwnerKind, VoiceState
from hlt_tenants.plans.forms import PlanSheet
from hlt_tenants.plans.next_version import fields_of
from hlt_tenants.plans.reads import ShownGoal, ShownMeasure, ShownPlan
from hlt_tenants.plans.rules import NewGoal, NewMeasure, Voice

NOBODY = UUID(int=0)
TODAY = date(2026, 11, 25)


def measure(text: str, due: date, status: MeasureStatus = MeasureStatus.ONGOING, owner: str = "Karin") -> ShownMeasure:
    kind = OwnerKind.PERSON if owner else OwnerKind.FAMILY
    return ShownMeasure(NOBODY, MeasureType.ADVICE, text, kind, owner, TODAY, due, status)


def shown(today: date = TODAY) -> ShownPlan:
    later, before = today + timedelta(days=9), today - timedelta(days=1)
    first = (
        measure("Samtal", later),
        measure("Läxa", later, owner=""),
        measure("Klar", later, MeasureStatus.DONE),
        measure("Avbruten", later, MeasureStatus.STOPPED),
        measure("Försenad", before, MeasureStatus.CHANGED),
    )
    goals = (
        ShownGoal(NOBODY, Domain.SAFETY, "Trygg", "Rädd", "Lugn", GoalLevel.LESS, first),
        ShownGoal(NOBODY, Domain.HEALTH, "Sover", "Vaken", "Sover gott", None, (measure("Rutin", later),)),
    )
    return ShownPlan(NOBODY, 1, today, "Eva", later, Voice(VoiceState.NOT_ASKED, why_not="För liten"), goals)


def test_what_holds_stands_in_the_fields_and_what_belongs_to_the_day_is_empty() -> None:
    fields = fields_of(shown(), TODAY).dict()
    assert (fields["goals"], fields["g1-measures"], fields["g2-measures"]) == ("2", "3", "1")
    assert [fields[f"g1m{one}-text"] for one in (1, 2, 3)] == ["Samtal", "Läxa", "Försenad"]
    assert [fields[f"g1m{one}-owner"] for one in (1, 2)] == ["Karin", "Familjen"]
    assert [fields[f"g1m{one}-due_on"] for one in (1, 2, 3)] == ["2026-12-04", "2026-12-04", ""]
    assert (fields["voice_state"], fields["voice_words"]) == ("not_asked", "För liten")
    assert not {"agreed_with", "review_on", "rater", "health", "learning", "safety"} & set(fields)


def test_a_plan_with_nothing_changed_is_valid_and_says_the_same() -> None:
    today = instant.today()
    plan = shown(today)
    plan = replace(plan, goals=(replace(plan.goals[0], measures=plan.goals[0].measures[:2]), plan.goals[1]))
    fields = fields_of(plan, today)
    fields.update({"rater": "lead", "health": "3", "learning": "4", "safety": "5"})
    fields.update({"agreed_with": "Eva", "review_on": plan.review_on.isoformat()})
    sheet = PlanSheet(fields, is_sent=True)
    assert sheet.is_valid(), sheet.errors
    again = sheet.new_plan()
    assert again.voice == plan.voice
    assert again.goals == tuple(new(goal) for goal in plan.goals)


def new(goal: ShownGoal) -> NewGoal:
    measures = tuple(
        NewMeasure(one.type, one.text, one.owner_kind, one.owner_name, instant.today(), one.due_on)
        for one in goal.measures
    )
    return NewGoal(goal.domain, goal.words, goal.start_text, goal.hoped_text, measures)
