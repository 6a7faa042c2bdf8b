"""Fields that many pages share: a day that forgives how it is written, and forms that a browser must not remember."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hlt_tenants.registry.swedish import Lean, day_of

HOW = "Till exempel 2026-11-21, 21/11 eller 21 nov."
HOW_WITH_YEAR = "Till exempel 2017-05-04 eller 4 maj 2017."


class DayField(forms.Field):
    """A day as Swedes write it; `today` is asked when the form is read, since a process lives longer than a day."""

    def __init__(
        self, *, today: Callable[[], date], lean: Lean = Lean.NEAR, needs_year: bool = False, **kwargs: Any
    ) -> None:
        kwargs.setdefault("help_text", HOW_WITH_YEAR if needs_year else HOW)
        kwargs.setdefault("widget", forms.TextInput(attrs={"maxlength": 30}))
        super().__init__(**kwargs)
        self.today, self.lean, self.needs_year = today, lean, needs_year

    def to_python(self, value: Any) -> Any:
        """Give the day, or None when nothing is written; raise ValidationError that says how to write it."""
        written = str(value or "").strip()
        if not written:
            return None
        found = day_of(written, self.today(), self.lean)
        if found is None or (self.needs_year and str(found.year) not in written):
            raise ValidationError(f"Skriv ett datum. {self.help_text}", code="invalid")
        return found


class ChildForm(forms.Form):
    """A form about a child: the browser neither remembers nor sends its words to a speller (interface §3)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.update(autocomplete="off")
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs.update(spellcheck="false")
