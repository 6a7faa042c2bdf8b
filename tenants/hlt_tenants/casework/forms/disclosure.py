"""What is given to whom, on which ground and why (L-03)."""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from hlt_tenants.casework.giving import Wish
from hlt_tenants.casework.reads.consents import Choice, DiscloseChoices, Receiver
from hlt_tenants.consent.codes import Ground
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import ChildForm

# Kind and row, as `offer` writes them into the page.
ITEM = re.compile(r"\w+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class DisclosureForm(ChildForm):
    """The receivers and the items come from the case, the grounds from the matrix: nothing else can be chosen."""

    conditional = ("motive", "reference")
    items = forms.MultipleChoiceField(
        label="Vad ska lämnas ut?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en uppgift."},
    )
    to_branch = forms.ChoiceField(
        label="Till vem?", widget=forms.RadioSelect, error_messages={"required": "Välj en mottagare."}
    )
    ground = forms.ChoiceField(label="På vilken grund?", widget=forms.RadioSelect, initial=Ground.CONSENT)
    motive = forms.CharField(
        label="Varför behöver mottagaren uppgiften?",
        help_text="En mening. Behövs när grunden är en annan än samtycke.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reference = forms.CharField(
        label="Utredningens nummer", help_text="Bara i en öppen utredning.", max_length=60, required=False
    )

    def __init__(self, *args: Any, choices: DiscloseChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(choices)

    def offer(self, choices: DiscloseChoices) -> None:
        """Let the page choose among what the case holds right now."""
        self.receivers = {receiver.branch: receiver for receiver in choices.receivers}
        several: dict[str, Sequence[tuple[str, str]]] = {
            "items": [(f"{one.item.kind}:{one.item.source_id}", _told(one)) for one in choices.items],
            "to_branch": [(one.branch, f"{one.name} ({one.strength})") for one in choices.receivers],
            "ground": [(ground.value, told) for ground in Ground if (told := _towards(ground, choices.receivers))],
        }
        for name, pairs in several.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]

    def clean_ground(self) -> str:
        """Give the ground; one that the matrix does not open towards the chosen receiver is told at once."""
        ground: str = self.cleaned_data["ground"]
        to = self.receivers.get(self.cleaned_data.get("to_branch", ""))
        if to is not None and ground not in to.grounds:
            raise ValidationError(f"Grunden gäller inte till {to.name}. Välj en annan grund eller mottagare.")
        return ground

    @property
    def wish(self) -> Wish:
        """To whom, on which ground and why, once the form is valid."""
        told = self.cleaned_data
        return Wish(told["to_branch"], told["ground"], told["motive"], told["reference"])

    @property
    def chosen(self) -> tuple[tuple[str, UUID], ...]:
        """Kind and row of each item that was ticked."""
        pairs = (value.partition(":") for value in self.cleaned_data["items"])
        return tuple((kind, UUID(source)) for kind, _colon, source in pairs)


class CopyForm(DisclosureForm):
    """What the preview page sends on: whether it still may go is the engine's to say, with its reasons."""

    seen = forms.CharField(max_length=64, required=False)

    def clean_items(self) -> list[str]:
        """Give what was ticked; what no page of ours sends makes the form invalid."""
        told: list[str] = self.cleaned_data["items"]
        if not all(ITEM.fullmatch(value) for value in told):
            raise ValidationError(self.fields["items"].error_messages["required"])
        return told

    def clean_ground(self) -> str:
        """Give the ground as it was previewed."""
        return str(self.cleaned_data["ground"])

    def offer(self, choices: DiscloseChoices) -> None:
        """Take what was previewed as it was, also when it is no longer offered."""
        super().offer(choices)
        for name in ("items", "to_branch", "ground"):
            known: Iterable[str] = Ground if name == "ground" else self.data.getlist(name)  # type: ignore[attr-defined]
            self.fields[name].choices = [(value, value) for value in known]  # type: ignore[attr-defined]


def _told(choice: Choice) -> str:
    given = ", ".join(branch_name(branch).lower() for branch in choice.given_to)
    return f"{choice.item.title} (redan lämnat till {given})" if given else choice.item.title


def _towards(ground: Ground, receivers: Collection[Receiver]) -> str:
    """Give a ground in words, with its receivers when it opens towards some only; empty when towards nobody."""
    open_to = [one.name for one in receivers if ground in one.grounds]
    if len(open_to) == len(receivers):
        return ground.label
    return f"{ground.label} (bara till {', '.join(open_to)})" if open_to else ""
