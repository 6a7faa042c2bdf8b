"""Follow-up and end as pages ask for them: every goal and measure of the plan by name, nothing left blank."""

from typing import Any
from uuid import UUID

from django import forms

from hlt_tenants.audit import instant
from hlt_tenants.followup.codes import CloseReason, SurveyState
from hlt_tenants.followup.rules import NewClosure, NewReview
from hlt_tenants.plans.codes import Domain, GoalLevel, MeasureStatus, Rater
from hlt_tenants.plans.forms import RatingForm
from hlt_tenants.plans.reads import ShownGoal, ShownPlan
from hlt_tenants.registry.forms import ChildForm, DayField, choices_of
from hlt_tenants.registry.swedish import Lean


class GoalLevels(ChildForm):
    """One question per goal of a plan: where does it stand?"""

    def __init__(self, *args: Any, plan: ShownPlan | None, **kwargs: Any) -> None:
        self.goals: tuple[ShownGoal, ...] = plan.goals if plan else ()
        super().__init__(*args, **kwargs)

    def ask_of_goals(self) -> None:
        """Add the questions, first on the page."""
        asked = {f"goal-{goal.goal_id}": _level(goal) for goal in self.goals}
        self.fields = {**asked, **self.fields}

    @property
    def levels(self) -> dict[UUID, GoalLevel]:
        """Where each goal stands, once the form is valid."""
        return {goal.goal_id: GoalLevel(self.cleaned_data[f"goal-{goal.goal_id}"]) for goal in self.goals}


def _level(goal: ShownGoal) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Mål: {goal.words}",
        help_text=f"Vi hoppades: {goal.hoped_text}",
        choices=choices_of(GoalLevel),
        widget=forms.RadioSelect,
        error_messages={"required": "Markera var målet står."},
    )


class ReviewForm(GoalLevels):
    """One look at the plan: goals, measures, one line, the next day."""

    rater = forms.ChoiceField(label="Vem bedömer målen?", choices=choices_of(Rater), initial=Rater.LEAD)
    line = forms.CharField(
        label="Vad har hänt sedan sist?", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_on = DayField(
        label="När följer vi upp nästa gång?",
        today=instant.today,
        lean=Lean.AHEAD,
        error_messages={"required": "Skriv vilken dag ni följer upp nästa gång."},
    )

    def __init__(self, *args: Any, plan: ShownPlan, **kwargs: Any) -> None:
        super().__init__(*args, plan=plan, **kwargs)
        self.measures = [measure for goal in plan.goals for measure in goal.measures]
        for measure in self.measures:
            self.fields[f"measure-{measure.measure_id}"] = forms.ChoiceField(
                label=f"Insats: {measure.text}", choices=choices_of(MeasureStatus), initial=measure.status
            )
        self.ask_of_goals()
        self.order_fields([*(name for name in self.fields if "-" in name), "rater", "line", "next_on"])

    def review(self) -> NewReview:
        """Give what was said, once the form is valid."""
        told = self.cleaned_data
        status = {one.measure_id: MeasureStatus(told[f"measure-{one.measure_id}"]) for one in self.measures}
        return NewReview(self.levels, status, Rater(told["rater"]), told["line"], told["next_on"])


class BeginCloseForm(ChildForm):
    """Why the case ends."""

    reason = forms.ChoiceField(
        label="Varför avslutas ärendet?",
        choices=choices_of(CloseReason),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj det som stämmer bäst."},
    )


class CloseForm(RatingForm, GoalLevels):
    """The end: reason, goals, the child's voice, how it is now, the survey."""

    conditional = ("survey_why_not",)
    reason = forms.ChoiceField(label="Varför avslutas ärendet?", choices=choices_of(CloseReason))
    survey = forms.ChoiceField(
        label="Upplevelseenkäten",
        choices=choices_of(SurveyState),
        widget=forms.RadioSelect,
        initial=SurveyState.INVITED,
    )
    survey_why_not = forms.CharField(label="Om familjen inte fått enkäten: varför?", max_length=300, required=False)

    def __init__(self, *args: Any, plan: ShownPlan | None, **kwargs: Any) -> None:
        super().__init__(*args, plan=plan, **kwargs)
        if plan is None:
            for name in ("rater", *(domain.value for domain in Domain)):
                del self.fields[name]
        self.ask_of_goals()

    def closure(self) -> NewClosure:
        """Give the end as it is kept, once the form is valid; a case without a plan has nothing to rate."""
        told = self.cleaned_data
        rater = Rater(told.get("rater", Rater.LEAD))
        ratings = self.ratings if "rater" in self.fields else ()
        survey = SurveyState(told["survey"])
        reason = CloseReason(told["reason"])
        return NewClosure(reason, self.levels, rater, ratings, self.voice, survey, told["survey_why_not"])
