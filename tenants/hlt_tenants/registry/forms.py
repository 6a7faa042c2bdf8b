"""Fields that many pages share: a day that forgives how it is written, and forms that a browser must not remember."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from hlt_identity.errors import Invalid
from hlt_tenants.registry.coded import Coded
from hlt_tenants.registry.swedish import Lean, day_of, is_visible, tells_year

# Nothing that is written on a page here lies farther from today: a hand slipped.
MOST_YEARS = 25
HOW = "Till exempel 2026-11-21, 21/11 eller 21 nov."
HOW_WITH_YEAR = "Till exempel 2017-05-04 eller 4 maj 2017."
PLAIN = {
    "max_length": "Korta ner texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.",
    "null_characters_not_allowed": "Ta bort det osynliga tecknet i texten.",
}


def choices_of(codes: Iterable[Coded]) -> list[tuple[str, str]]:
    """Give a closed list as a form shows it, in the order of the list."""
    return [(code.value, code.label) for code in codes]


class NameField(forms.CharField):
    """Somebody's name, in any script; what nobody can see is no name, and a page would have an empty heading."""

    def validate(self, value: Any) -> None:
        """Raise ValidationError for what is missing, or is written with characters that leave no mark."""
        super().validate(value)
        if value and not any(map(is_visible, value)):
            raise ValidationError("Namnet syns inte. Skriv det med bokstäver.", code="invisible")


class DayField(forms.Field):
    """A day as Swedes write it; `today` is asked when the form is read, since a process lives longer than a day."""

    def __init__(
        self, *, today: Callable[[], date], lean: Lean = Lean.NEAR, needs_year: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("help_text", HOW_WITH_YEAR if needs_year else HOW)
        kwargs.setdefault("widget", forms.TextInput())
        super().__init__(**kwargs)
        self.today, self.lean, self.needs_year = today, lean, needs_year

    def to_python(self, value: Any) -> Any:
        """Give the day, or None when nothing is written; raise ValidationError that says how to write it."""
        written = str(value or "").strip()
        if not written:
            return None
        found = day_of(written, self.today(), self.lean)
        if found is None or (self.needs_year and not tells_year(written)):
            raise ValidationError(f"Skriv ett datum. {self.help_text}", code="invalid")
        if abs(found.year - self.today().year) > MOST_YEARS:
            raise ValidationError(f"Kontrollera årtalet. {self.help_text}", code="far")
        return found


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a last look: a question and its answer."""

    key: str
    value: str


class ChildForm(forms.Form):
    """A form about a child: the browser neither remembers nor sends its words to a speller (interface §3).

    What can be wrong with every text is told in plain words.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= PLAIN
            field.widget.attrs.update(autocomplete="off")
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs.update(spellcheck="false")

    def told(self, *, without: str = "") -> list[Said]:
        """Give every answered question in words, for a page that asks whether all is right; the form is valid."""
        answered = [(field, self.cleaned_data[field.name]) for field in self if field.name != without]
        return [Said(str(one.label), _in_words(one.field, value)) for one, value in answered if value not in ("", None)]


def _in_words(field: forms.Field, value: object) -> str:
    pairs: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    return str(dict(pairs).get(value, value))


class Sheet(Protocol):
    """A form, or several on one page that stand or fall together."""

    @property
    def fields(self) -> Mapping[str, forms.Field]: ...
    @property
    def errors(self) -> Any: ...
    def is_valid(self) -> bool: ...
    def add_error(self, field: str | None, error: str) -> None: ...


def remembered(kind: type[forms.Form], written: QueryDict, prefix: str = "") -> dict[str, Any]:
    """Give what somebody wrote earlier as a form's first values: nothing is checked before it is sent.

    A form without prefix gets all of it, since it may make fields of its own, one for each goal or measure.
    """
    names = {name: f"{prefix}-{name}" if prefix else name for name in kind.base_fields}
    several = forms.MultipleChoiceField
    own = {} if prefix else {key: written.get(key) for key in written}
    return own | {
        name: written.getlist(key) if isinstance(kind.base_fields[name], several) else written.get(key)
        for name, key in names.items()
        if key in written
    }


def attempt(form: Sheet, act: Callable[[], object]) -> bool:
    """Do the one action of a page when its form is right; what the action finds wrong lands beside its field.

    False = show the form again with status 422. Every refusal but Invalid goes its own way.
    """
    if not form.is_valid():
        return False
    try:
        act()
    except Invalid as refusal:
        faults: dict[str, str] = dict(refusal.data["fields"])  # type: ignore[call-overload]
        for name, sentence in faults.items():
            form.add_error(name if name in form.fields else None, sentence)
        return False
    return True


def status_of(form: Sheet) -> int:
    """Give 422 for a form that came back, 200 for one that is shown the first time."""
    return 422 if form.errors else 200
