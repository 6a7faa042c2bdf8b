"""What is asked for is asked for in words of its own, and never in a library's."""

from collections.abc import Iterator

from django import forms

from hlt_platform import urls_kommun
from hlt_tenants.registry.forms import ChildForm

LIBRARYS = str(forms.Field.default_error_messages["required"])


def below(kind: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


def may_be_left(field: forms.Field) -> bool:
    """Tell whether somebody can send a field without an answer: what is hidden or chosen beforehand cannot be."""
    if not field.required or field.widget.is_hidden:
        return False
    is_list = isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select)
    is_list = is_list and not isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    begins_empty = not is_list or ("", "Välj") in field.choices  # type: ignore[attr-defined]
    return begins_empty and field.initial is None


def test_every_question_about_a_child_says_itself_what_to_write() -> None:
    assert urls_kommun.urlpatterns
    kinds = list(below(ChildForm))
    left = {
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name, field in kind.base_fields.items()
        if may_be_left(field) and str(field.error_messages["required"]) == LIBRARYS
    }
    assert (len(kinds) > 10, left) == (True, set())
