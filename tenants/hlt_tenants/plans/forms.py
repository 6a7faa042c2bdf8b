"""Mapping and plan as pages ask for them: the child first, one to three goals, one owner and one day per measure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from hlt_tenants.audit import instant
from hlt_tenants.plans.codes import Domain, MeasureType, OwnerKind, Rater, VoiceState
from hlt_tenants.plans.rules import MOST_GOALS, NewGoal, NewMeasure, NewPlan, NewRating, Voice
from hlt_tenants.registry.forms import ChildForm, DayField, choices_of, remembered
from hlt_tenants.registry.swedish import Lean

Row = TypeVar("Row", bound=forms.Form)
MOST_MEASURES = 8
LEVELS = [("", "Välj"), *((str(level), str(level)) for level in range(11))]
HOW_MUCH = {"required": "Välj en siffra från 0 till 10."}


class CellForm(ChildForm):
    """One question of the mapping; `version` is what the page showed."""

    text = forms.CharField(
        label="Skriv kort, så att familjen känner igen sig",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Skriv något, eller gå tillbaka."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VoiceForm(ChildForm):
    """The child's own words, or why nobody has asked: never blank (L-31)."""

    voice_state = forms.ChoiceField(
        label="Barnets röst",
        choices=choices_of(VoiceState),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om barnet har sagt sin mening."},
    )
    voice_words = forms.CharField(
        label="Barnets ord, eller varför ingen har frågat",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv vad barnet säger eller visar, eller varför det inte är tillfrågat."},
    )

    @property
    def voice(self) -> Voice:
        """What the child said, once the form is valid."""
        state, words = VoiceState(self.cleaned_data["voice_state"]), self.cleaned_data["voice_words"]
        return Voice(state, words) if state is VoiceState.GIVEN else Voice(state, why_not=words)


class RatingForm(VoiceForm):
    """The child's voice and how one person sees the three domains, 0 to 10."""

    rater = forms.ChoiceField(label="Vem skattar?", choices=choices_of(Rater), initial=Rater.GUARDIAN)
    health = forms.ChoiceField(label="Hälsa nu, 0–10", choices=LEVELS, error_messages=HOW_MUCH)
    learning = forms.ChoiceField(label="Lärande nu, 0–10", choices=LEVELS, error_messages=HOW_MUCH)
    safety = forms.ChoiceField(label="Trygghet nu, 0–10", choices=LEVELS, error_messages=HOW_MUCH)

    @property
    def ratings(self) -> tuple[NewRating, ...]:
        """One rating per domain, all by the same person."""
        told = self.cleaned_data
        return tuple(NewRating(domain, Rater(told["rater"]), int(told[domain.value])) for domain in Domain)


class PlanForm(RatingForm):
    """What a plan says besides its goals."""

    agreed_with = forms.CharField(
        label="Vem i familjen har sagt ja till planen?",
        max_length=120,
        error_messages={"required": "Skriv vem i familjen som sagt ja."},
    )
    review_on = DayField(
        label="När följer vi upp?",
        today=instant.today,
        lean=Lean.AHEAD,
        error_messages={"required": "Skriv vilken dag ni följer upp."},
    )


class GoalForm(ChildForm):
    """One goal in the family's words; 0 on its scale is what they hope for."""

    words = forms.CharField(
        label="Mål, med familjens ord",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv målet med familjens ord."},
    )
    domain = forms.ChoiceField(label="Gäller mest", choices=choices_of(Domain))
    start_text = forms.CharField(
        label="Så är det nu", max_length=300, error_messages={"required": "Skriv hur det är nu."}
    )
    hoped_text = forms.CharField(
        label="Så hoppas vi att det blir", max_length=300, error_messages={"required": "Skriv vad ni hoppas på."}
    )
    gone = forms.BooleanField(label="Ta inte med målet i planen", required=False)


class MeasureForm(ChildForm):
    """One piece of support: what, who, until when."""

    type = forms.ChoiceField(label="Slag av insats", choices=choices_of(MeasureType))
    text = forms.CharField(
        label="Vad ska göras?", max_length=300, error_messages={"required": "Skriv vad som ska göras."}
    )
    owner = forms.CharField(
        label="Vem gör det?",
        help_text="Ett namn, eller familjen.",
        max_length=120,
        error_messages={"required": "Skriv ett namn, eller familjen."},
    )
    due_on = DayField(
        label="Klart senast", today=instant.today, lean=Lean.AHEAD, error_messages={"required": "Skriv ett datum."}
    )
    gone = forms.BooleanField(label="Ta inte med insatsen i planen", required=False)

    def clean_due_on(self) -> date:
        """Give the day; what is agreed on now cannot have been done before."""
        due_on: date = self.cleaned_data["due_on"]
        if due_on < instant.today():
            raise ValidationError("Dagen har varit. Välj en dag från i dag och framåt.", code="past")
        return due_on

    @property
    def is_begun(self) -> bool:
        """Tell whether anything is written; a browser sends the kind of support that nobody chose too."""
        return bool({"text", "owner", "due_on"} & set(self.changed_data))

    def measure(self) -> NewMeasure:
        """Give the row as the plan keeps it; it begins today."""
        told = self.cleaned_data
        by_family = told["owner"].strip().lower() in ("familjen", "familj")
        kind, owner = (OwnerKind.FAMILY, "") if by_family else (OwnerKind.PERSON, told["owner"])
        return NewMeasure(MeasureType(told["type"]), told["text"], kind, owner, instant.today(), told["due_on"])


class GoalRows:
    """A goal with its measures; `number` from 1, rows that were left empty or taken out do not count."""

    def __init__(self, number: int, data: QueryDict, *, is_sent: bool, measures: int, focus: str) -> None:
        self.number, self.focus = number, focus
        self.goal = _row(GoalForm, f"g{number}", data, is_sent=is_sent)
        every = range(1, measures + 1)
        self.measures = [_row(MeasureForm, f"g{number}m{one}", data, is_sent=is_sent) for one in every]
        self.count = measures
        self.add = f"g{number}"

    @property
    def counting(self) -> list[forms.Form]:
        """The forms that count."""
        kept = [row for row in self.measures if not row["gone"].value()]
        return [self.goal, *(row for row in kept if row.is_begun or row is kept[0])]

    @property
    def is_gone(self) -> bool:
        """Tell whether the goal is taken out of the plan, and its measures with it."""
        return bool(self.goal["gone"].value())

    def new_goal(self) -> NewGoal:
        """Give the goal as the plan keeps it, once the forms are valid."""
        told = self.goal.cleaned_data
        rows = tuple(row.measure() for row in self.counting if isinstance(row, MeasureForm))
        return NewGoal(Domain(told["domain"]), told["words"], told["start_text"], told["hoped_text"], rows)


class PlanSheet:
    """A whole plan on one page; a row is added by an ordinary press, so that it works without JavaScript."""

    def __init__(self, data: QueryDict | Mapping[str, str], *, is_sent: bool = False, add: str = "") -> None:
        known = data if isinstance(data, QueryDict) else QueryDict()
        goals = _count(known, "goals", MOST_GOALS, add == "goal")
        self.plan = PlanForm(known) if is_sent else PlanForm(initial=remembered(PlanForm, known))
        self.rows = [self._rows(one, known, is_sent, add) for one in range(1, goals + 1)]
        self.goals = goals
        self.may_add_goal = goals < MOST_GOALS
        self.focus = f"g{goals}-words" if add == "goal" else next((row.focus for row in self.rows if row.focus), "")
        self._refocus()

    @staticmethod
    def _rows(number: int, data: QueryDict, is_sent: bool, add: str) -> GoalRows:
        is_here = add == f"g{number}"
        measures = _count(data, f"g{number}-measures", MOST_MEASURES, is_here)
        focus = f"g{number}m{measures}-text" if is_here else ""
        return GoalRows(number, data, is_sent=is_sent, measures=measures, focus=focus)

    def _refocus(self) -> None:
        for form in self.every:
            for field in form:
                if field.html_name == self.focus:
                    field.field.widget.attrs["autofocus"] = True

    @property
    def every(self) -> list[forms.Form]:
        """Every form of the page in its order, the rows that count and those that are still empty."""
        return [self.plan, *(form for row in self.rows for form in (row.goal, *row.measures))]

    @property
    def fields(self) -> Mapping[str, forms.Field]:
        """The fields that an action can name: those of the plan, and a goal by its number."""
        return {**self.plan.fields, **{name: goal.fields["words"] for name, goal in self._by_number().items()}}

    @property
    def errors(self) -> list[Any]:
        """What is wrong anywhere; empty = nothing."""
        return [fault for form in self._counting() if form.is_bound for fault in form.errors.values()]

    @property
    def non_field_errors(self) -> list[str]:
        """What is wrong with the plan as a whole."""
        return [str(fault) for fault in self.plan.non_field_errors()] if self.plan.is_bound else []

    def __iter__(self) -> Iterator[forms.BoundField]:
        """Give every field in page order, for the error summary."""
        return (field for form in self._counting() for field in form)

    def _counting(self) -> list[forms.Form]:
        return [self.plan, *(form for row in self._kept for form in row.counting)]

    @property
    def _kept(self) -> list[GoalRows]:
        return [row for row in self.rows if not row.is_gone]

    def is_valid(self) -> bool:
        """Tell whether every row that counts is whole."""
        return all([form.is_valid() for form in self._counting()])

    def add_error(self, field: str | None, error: str) -> None:
        """Put what the action found wrong on the goal that it names, or on the plan."""
        goal = self._by_number().get(field or "")
        if goal is None:
            self.plan.add_error(field, error)
        else:
            goal.add_error("words", error)

    def _by_number(self) -> dict[str, GoalForm]:
        """Give the goals that count by the names that `check_plan` has for them and for their measures."""
        numbered = list(enumerate(self._kept, start=1))
        return {f"{part}_{number}": row.goal for part in ("goal", "measures") for number, row in numbered}

    def new_plan(self) -> NewPlan:
        """Give what is agreed on, once the sheet is valid."""
        told = self.plan.cleaned_data
        goals = tuple(row.new_goal() for row in self._kept)
        return NewPlan(goals, self.plan.voice, self.plan.ratings, told["agreed_with"], told["review_on"])


def _row(kind: type[Row], prefix: str, data: QueryDict, *, is_sent: bool) -> Row:
    return kind(data, prefix=prefix) if is_sent else kind(prefix=prefix, initial=remembered(kind, data, prefix))


def _count(data: QueryDict, name: str, most: int, is_one_more: bool) -> int:
    written = str(data.get(name, "1"))
    return min(most, max(1, int(written) if written.isdigit() else 1) + is_one_more)
