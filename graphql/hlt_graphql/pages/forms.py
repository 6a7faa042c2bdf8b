"""What a reader may choose, and what publishers and contributors write."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from hlt_graphql.pages.reads import Published, Table
from hlt_graphql.pages.rules import period_words
from hlt_graphql.releases.rules import FIRST_BLOCK, level_of
from hlt_graphql.resources.rules import ItemKind

ALL = "alla"
TOO_LONG = "Korta ner texten till högst %(limit_value)d tecken. Nu är den %(show_value)d."
MOST_YEARS = 5
KINDS = {ItemKind.METHOD: "Metod", ItemKind.GUIDE: "Vägledning", ItemKind.FORM: "Blankett", ItemKind.LETTER: "Brev"}


class FiguresForm(forms.Form):
    """A choice among what the plan publishes and what has been released; nothing else can be asked for."""

    indikator = forms.ChoiceField(label="Vad")
    tabell = forms.ChoiceField(label="Indelning")
    period = forms.ChoiceField(label="Period")

    def __init__(self, known: Published, data: Any) -> None:
        self.known = known
        self.table = self._chosen(data.get("tabell"))
        periods = known.periods(self.table.period)
        first = {"indikator": known.indicators[0].code, "tabell": self.table.code, "period": ALL}
        chosen = {**first, **{key: data[key] for key in first if key in data}}
        # A period of another length was chosen for the table before this one.
        super().__init__({**chosen, "period": chosen["period"] if chosen["period"] in periods else ALL})
        fields: dict[str, Any] = self.fields
        fields["indikator"].choices = [(row.code, row.name) for row in known.indicators]
        fields["tabell"].choices = [(row.code, row.words) for row in known.tables]
        fields["period"].choices = [(ALL, "Alla släppta"), *((one, period_words(one)) for one in periods)]

    def _chosen(self, code: str | None) -> Table:
        """Give the chosen table of the plan, else kommuner by year, else the first."""
        wanted = code or "new.municipality.year"
        return next((table for table in self.known.tables if table.code == wanted), self.known.tables[0])

    @property
    def periods(self) -> tuple[str, ...]:
        """Give the periods to ask for; none while nothing of that length is released."""
        chosen = self.cleaned_data.get("period")
        return self.known.periods(self.table.period) if chosen == ALL else (str(chosen),)


class PeriodForm(forms.Form):
    period = forms.CharField(
        label="Period",
        help_text="Kvartal, år eller treårsperiod: 2026-Q4, 2026 eller 2024/2026.",
        max_length=10,
        error_messages={"required": "Skriv vilken period som ska byggas."},
    )

    def clean_period(self) -> str:
        """Raise ValidationError for what is no period of the plan."""
        period = str(self.cleaned_data["period"]).strip().upper()
        try:
            level_of(period)
        except ValueError:
            raise forms.ValidationError("Skriv perioden så här: 2026-Q4, 2026 eller 2024/2026.") from None
        if not FIRST_BLOCK <= int(period[:4]) <= timezone.localdate().year:
            raise forms.ValidationError("Kontrollera årtalet. Bara en period som har varit kan byggas.")
        return period


class DigestForm(forms.Form):
    """The digest of what stood on the page, so that nothing else can be approved."""

    digest = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Varför återkallas släppet?",
        help_text="Alla som läser siffrorna ser skälet. Skriv inga namn.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv varför släppet återkallas."},
    )


class ItemForm(forms.Form):
    """Material as somebody writes it; `mine` and `theirs` are both texts, when somebody saved first."""

    mine = theirs = ""

    title = forms.CharField(
        label="Rubrik", max_length=120, error_messages={"required": "Skriv en rubrik.", "max_length": TOO_LONG}
    )
    kind = forms.ChoiceField(
        label="Slag",
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det är för material."},
    )
    summary = forms.CharField(
        label="Sammanfattning",
        help_text="En eller två meningar som visas i listan.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv vad materialet är till för.", "max_length": TOO_LONG},
    )
    body = forms.CharField(label="Text", required=False, widget=forms.Textarea(attrs={"rows": 8}))
    tags = forms.CharField(
        label="Sökord",
        help_text="Skilj med komma: samtycke, blankett. Högst 40 tecken per ord.",
        required=False,
        max_length=1000,
        error_messages={"max_length": TOO_LONG},
    )
    file = forms.FileField(label="Fil", help_text="PDF, PNG eller ren text, högst 2 MB.", required=False)


class VersionForm(forms.Form):
    """What is about to be done to an item; `version` is the one that stood on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ChangedItemForm(VersionForm, ItemForm):
    """A draft once more; a file is one more."""

    file = forms.FileField(label="En fil till", help_text="PDF, PNG eller ren text, högst 2 MB.", required=False)


class ReviewForm(VersionForm):
    """When a draft that is published is looked over again."""

    review_due = forms.DateField(
        label="Ses över senast",
        help_text="Datum så här: 2027-06-30.",
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": "Skriv när materialet ska ses över.",
            "invalid": "Skriv datumet så här: 2027-06-30.",
        },
    )

    def clean_review_due(self) -> date:
        """Raise ValidationError for a day that is not ahead, or farther than anybody plans."""
        day: date = self.cleaned_data["review_due"]
        if not 0 < (day - timezone.localdate()).days <= MOST_YEARS * 366:
            raise forms.ValidationError(f"Skriv en dag som ligger framåt, högst {MOST_YEARS} år.")
        return day
