"""Asking the family, and writing down what each guardian said (L-05, L-06)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from hlt_tenants.audit import instant
from hlt_tenants.consent.codes import AnswerWay, InfoCategory, Language
from hlt_tenants.consent.rules import FORM_VERSION, Answer, NewAnswer, check_answer
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import ChildForm, DayField, choices_of
from hlt_tenants.registry.swedish import Lean


class AskConsentForm(ChildForm):
    """Whom the family is asked to let in, and to what; the own branch is always among them."""

    to_branches = forms.MultipleChoiceField(
        label="Vilka behöver vara med?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en verksamhet utöver din egen."},
    )
    categories = forms.MultipleChoiceField(
        label="Vad får de ta del av?",
        choices=choices_of(one for one in InfoCategory if one is not InfoCategory.COORDINATION),
        help_text="Namn, vårdnadshavare och huvudansvarig får alla som är med.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst ett slag av uppgifter."},
    )

    def __init__(self, *args: Any, branches: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_branches"].choices = [(branch, branch_name(branch)) for branch in branches]  # type: ignore[attr-defined]


class AnswerForm(ChildForm):
    """One guardian's yes or no, on paper or said aloud in front of somebody."""

    conditional = ("witness", "valid_until")
    answer = forms.ChoiceField(
        label="Vad svarade vårdnadshavaren?",
        choices=[(Answer.YES, "Ja"), (Answer.NO, "Nej")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ja eller nej."},
    )
    way = forms.ChoiceField(
        label="Hur lämnades svaret?",
        choices=choices_of(AnswerWay),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj på papper eller muntligt."},
    )
    witness = forms.CharField(
        label="Vem hörde svaret?", help_text="Behövs bara när svaret lämnades muntligt.", max_length=120, required=False
    )
    language = forms.ChoiceField(label="På vilket språk frågade ni?", choices=choices_of(Language))
    valid_until = DayField(
        label="Svaret gäller till",
        help_text="Behövs när svaret är ja. Högst ett år fram.",
        today=instant.today,
        lean=Lean.AHEAD,
        required=False,
    )

    def new_answer(self, form_version: str) -> NewAnswer:
        """Give what the guardian said about that version of the form, once this form is valid."""
        told = self.cleaned_data
        words = told["witness"], told["language"], form_version
        return NewAnswer(Answer(told["answer"]), told["way"], told["valid_until"], *words)

    def check(self, form_version: str) -> None:
        """Raise Invalid as writing the answer down would; the form is valid."""
        check_answer(self.new_answer(form_version), asked_version=form_version, today=instant.today())


class RenewSheet:
    """A new answer from every guardian of a case whose consent ended: one form each, all or nothing."""

    def __init__(self, data: QueryDict | None, *, guardians: Sequence[tuple[UUID, str]], until: date) -> None:
        initial = {"valid_until": until}
        self.rows = [(name, ref, AnswerForm(data, prefix=str(ref), initial=initial)) for ref, name in guardians]
        self.faults: list[str] = []

    @property
    def fields(self) -> Mapping[str, forms.Field]:
        """An action names no field of one guardian: its faults stand above all."""
        return {}

    @property
    def errors(self) -> list[object]:
        """What is wrong anywhere; empty = nothing."""
        return [*self.faults, *(fault for _name, _ref, form in self.rows if form.is_bound for fault in form.errors)]

    @property
    def non_field_errors(self) -> list[str]:
        """What the action refused."""
        return self.faults

    def __iter__(self) -> Iterator[forms.BoundField]:
        """Give every field in page order, for the error summary."""
        return (field for _name, _ref, form in self.rows for field in form)

    def is_valid(self) -> bool:
        """Tell whether every guardian's answer is whole."""
        return all([form.is_valid() for _name, _ref, form in self.rows])

    def add_error(self, field: str | None, error: str) -> None:
        """Keep what the action found wrong, without an echo."""
        self.faults = [*self.faults, error] if error not in self.faults else self.faults

    def new_answers(self) -> dict[UUID, NewAnswer]:
        """Give the answers by guardian_ref, once all forms are valid."""
        return {ref: form.new_answer(FORM_VERSION) for _name, ref, form in self.rows}
