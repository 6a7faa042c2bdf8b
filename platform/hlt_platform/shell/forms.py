"""How a plain `forms.Form` looks: the design system's classes, hints, messages and anchors for the error summary."""

from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect


class Field(BoundField):
    """A field in its form; `kind` chooses the markup, `anchor` is where a link in the summary lands."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        known = super().build_widget_attrs(attrs, widget)
        # A browser that holds a limit cuts what is pasted, without a word; the form says it instead.
        return {"class": "ds-input", "autocomplete": "off", "maxlength": False, **known}

    @property
    def kind(self) -> str:
        widget = self.field.widget
        if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
            return "choices"
        return "tick" if isinstance(widget, CheckboxInput) else "line"

    @property
    def is_optional(self) -> bool:
        """Tell whether it may always be left out; a form names in `conditional` what an answer of its own asks for."""
        return not self.field.required and self.name not in getattr(self.form, "conditional", ())

    @property
    def anchor(self) -> str:
        return f"{self.auto_id}_0" if self.kind == "choices" else str(self.auto_id)


class Renderer(TemplatesSetting):
    """FORM_RENDERER of all hosts."""

    form_template_name = "shell/forms/form.html"
    field_template_name = "shell/forms/field.html"
    bound_field_class = Field
