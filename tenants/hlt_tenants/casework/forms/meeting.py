"""Booking and holding a meeting about one child, and the answer that the family is promised within a week."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from hlt_tenants.audit import instant
from hlt_tenants.audit.instant import LOCAL
from hlt_tenants.casework.actions.meetings import Held
from hlt_tenants.casework.codes import Decision, FeedbackWay, PostponeReason, SectorGap
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import ChildForm, DayField, choices_of
from hlt_tenants.registry.swedish import Lean

# A meeting that nobody booked is written down afterwards.
WRITTEN_AFTERWARDS = timedelta(days=14)


class ClockField(forms.TimeField):
    """A time of day as Swedes write it: 13.00, 13:00 or 13."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H.%M", "%H:%M", "%H", "%H%M"],
            widget=forms.TextInput(),
            error_messages={"required": "Skriv klockslaget.", "invalid": "Skriv klockslaget så här: 13.00."},
            **kwargs,
        )


class BookingForm(ChildForm):
    """When and where the child is talked about; without all three sectors a reason is asked for."""

    conditional = ("sectors_missing_why",)
    on = DayField(
        label="Dag",
        today=instant.today,
        lean=Lean.AHEAD,
        error_messages={"required": "Skriv vilken dag mötet är."},
    )
    at = ClockField(label="Klockslag", help_text="Till exempel 13.00.")
    place = forms.CharField(label="Plats eller länk", max_length=80, required=False)
    sectors_missing_why = forms.ChoiceField(
        label="Om skola, socialtjänst eller vård saknas: varför?",
        choices=[("", "Alla tre är med"), *choices_of(SectorGap)],
        required=False,
    )

    def clean_on(self) -> date:
        """Give the day; one long ago is a slip of the hand."""
        day: date = self.cleaned_data["on"]
        if day < instant.today() - WRITTEN_AFTERWARDS:
            raise ValidationError("Dagen är mer än två veckor gammal. Kontrollera datumet.", code="past")
        return day

    @property
    def gap(self) -> SectorGap | None:
        """Why a sector is missing, or None when all three are there."""
        chosen = self.cleaned_data["sectors_missing_why"]
        return SectorGap(chosen) if chosen else None

    @property
    def starts_at(self) -> datetime:
        """The instant of the start, once the form is valid."""
        at: time = self.cleaned_data["at"]
        return datetime.combine(self.cleaned_data["on"], at, LOCAL)


class MovingForm(BookingForm):
    """The new day, time or place of a booked meeting, and why; what stays the same is written already."""

    reason = forms.ChoiceField(
        label="Varför flyttas mötet?",
        choices=choices_of(PostponeReason),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj varför mötet flyttas."},
    )

    def __init__(self, *args: Any, starts_at: datetime, place: str, **kwargs: Any) -> None:
        local = starts_at.astimezone(LOCAL)
        as_booked = {"on": f"{local:%Y-%m-%d}", "at": f"{local:%H.%M}", "place": place}
        super().__init__(*args, initial=as_booked, **kwargs)


class HoldingForm(ChildForm):
    """What the meeting decided, in one code and one line, who sat there and who takes the baton."""

    decision = forms.ChoiceField(
        label="Vad blev beslutet?",
        choices=choices_of(Decision),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ett beslut."},
    )
    line = forms.CharField(
        label="Beslutet i en mening",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv en mening som familjen förstår."},
    )
    branches = forms.MultipleChoiceField(
        label="Vilka var med?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Markera vilka verksamheter som var med."},
    )
    has_guardian = forms.BooleanField(label="Familjen var med", required=False)
    sectors_missing_why = forms.ChoiceField(
        label="Om skola, socialtjänst eller vård saknades: varför?",
        choices=[("", "Alla tre var med"), *choices_of(SectorGap)],
        required=False,
    )

    def held(self) -> Held:
        """Give what was written down in the room, once the form is valid."""
        told = self.cleaned_data
        why = SectorGap(told["sectors_missing_why"]) if told["sectors_missing_why"] else None
        branches = frozenset(told["branches"])
        return Held(Decision(told["decision"]), told["line"], branches, told["has_guardian"], why)

    def __init__(self, *args: Any, seats: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branches"].choices = [(branch, branch_name(branch)) for branch in seats]  # type: ignore[attr-defined]


class FeedbackForm(ChildForm):
    """How one guardian got the answer; with two guardians the page comes back for the other."""

    guardian = forms.ChoiceField(
        label="Vem har fått svaret?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vem som har fått svaret."},
    )
    way = forms.ChoiceField(
        label="Hur?",
        choices=choices_of(FeedbackWay),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur svaret lämnades."},
    )

    def __init__(self, *args: Any, guardians: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian"].choices = [(str(one), name) for one, name in guardians]  # type: ignore[attr-defined]
        self.fields["guardian"].initial = str(guardians[0][0]) if len(guardians) == 1 else None
