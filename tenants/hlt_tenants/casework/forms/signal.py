"""The one-page early signal, and what happens to it inside its own branch."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError

from hlt_tenants.audit import instant
from hlt_tenants.casework.actions.signals import NewSignal
from hlt_tenants.casework.codes import Concern, SignalAnswer, ToldWay
from hlt_tenants.families.adding import NewChild
from hlt_tenants.families.rules import Sex
from hlt_tenants.registry.forms import ChildForm, DayField, NameField, choices_of
from hlt_tenants.registry.swedish import Lean

NOT_YET = "Dagen har inte varit än. Har ingen pratat med familjen väljer du Inte pratat med familjen ännu."

# What a family was told longer ago than this is not what the signal is about.
STILL_KNOWN = timedelta(days=365)


class SignalForm(ChildForm):
    """Three things must be there: the child, what was seen, that the family knows (domain §1)."""

    child_name = NameField(
        label="Barnets namn",
        max_length=120,
        error_messages={"required": "Skriv barnets för- och efternamn."},
    )
    birth_date = DayField(
        label="Född",
        today=instant.today,
        lean=Lean.BACK,
        needs_year=True,
        error_messages={"required": "Skriv födelsedatum med år."},
    )
    sex = forms.ChoiceField(
        label="Kön i folkbokföringen",
        choices=choices_of(Sex),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj flicka eller pojke. Det används bara i statistik."},
    )
    guardian_1 = NameField(
        label="Vårdnadshavare",
        max_length=120,
        error_messages={"required": "Skriv namnet på den vårdnadshavare du pratat med."},
    )
    guardian_2 = NameField(label="Vårdnadshavare 2", max_length=120, required=False)
    concern = forms.ChoiceField(
        label="Vad gäller din oro mest?",
        choices=choices_of(Concern),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj det som stämmer bäst. Du väljer en."},
    )
    seen = forms.CharField(
        label="Vad har du sett eller hört?",
        help_text="Skriv med egna ord, kort. Inga diagnoser.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Skriv vad du har sett eller hört."},
    )
    works_well = forms.CharField(
        label="Vad fungerar bra?", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    told_on = DayField(
        label="När pratade du med familjen?",
        today=instant.today,
        lean=Lean.BACK,
        error_messages={"required": "Skriv vilken dag du pratade med familjen."},
    )
    told_way = forms.ChoiceField(label="Hur?", choices=choices_of(ToldWay))

    def clean_birth_date(self) -> date:
        """Give the day; a child of tomorrow is a slip of the hand."""
        born_on: date = self.cleaned_data["birth_date"]
        if born_on > instant.today():
            raise ValidationError("Dagen har inte varit än. Kontrollera årtalet.", code="ahead")
        return born_on

    def clean_told_on(self) -> date:
        """Give the day; a talk that lies ahead has not been, one from before the birth was about something else."""
        told_on: date = self.cleaned_data["told_on"]
        if told_on > instant.today():
            raise ValidationError(NOT_YET, code="ahead")
        if told_on < self.cleaned_data.get("birth_date", told_on):
            raise ValidationError("Dagen ligger före barnets födelse. Kontrollera datumet.", code="unborn")
        if told_on < instant.today() - STILL_KNOWN:
            raise ValidationError("Det är mer än ett år sedan. Kontrollera datumet.", code="past")
        return told_on

    CHILD = ("child_name", "birth_date", "sex", "guardian_1", "guardian_2")

    @property
    def about_child(self) -> list[forms.BoundField]:
        """The fields that stand together on the page as one group."""
        return [self[name] for name in self.CHILD]

    @property
    def about_signal(self) -> list[forms.BoundField]:
        """The fields after the group, in the order of the page."""
        return [field for field in self if field.name not in self.CHILD]

    def signal(self) -> NewSignal:
        """Give what was written, once the form is valid."""
        told = self.cleaned_data
        guardians = tuple(name for name in (told["guardian_1"], told["guardian_2"]) if name)
        child = NewChild(told["child_name"], told["birth_date"], told["sex"], guardians)
        return NewSignal(child, told["concern"], told["seen"], told["works_well"], told["told_on"], told["told_way"])


class SignalAnswerForm(ChildForm):
    """The signal becomes no HLT case: why, in one of three words."""

    answer = forms.ChoiceField(
        label="Vad blev det i stället?",
        choices=choices_of(SignalAnswer),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj det som stämmer bäst."},
    )
