"""What the administration writes when somebody is let in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst

from hlt_identity.roles import ROLES, RoleCode
from hlt_tenants.audit import instant
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import DayField
from hlt_tenants.registry.swedish import Lean
from hlt_tenants.teams.rules import KOMMUN_ROLES, NewHat, Profession, branches_for


class HatForm(forms.Form):
    """One dated hat. The name comes from the person's own provider and may be put right here."""

    name = forms.CharField(label="Namn", max_length=80, error_messages={"required": "Skriv personens namn."})
    team = forms.ChoiceField(label="Team", error_messages={"required": "Välj ett team."})
    branch = forms.ChoiceField(
        label="Verksamhet",
        help_text="Verksamheten bestämmer vad personen får se.",
        error_messages={"required": "Välj den verksamhet som personen arbetar i."},
    )
    unit = forms.CharField(
        label="Enhet", max_length=80, error_messages={"required": "Skriv enheten, till exempel en skola."}
    )
    profession = forms.ChoiceField(label="Yrke", choices=[(one.value, capfirst(one.value)) for one in Profession])
    role = forms.ChoiceField(label="Roll i HLT", choices=[(code.value, ROLES[code].name) for code in KOMMUN_ROLES])
    ends_on = DayField(label="Uppdraget slutar den", required=False, today=instant.today, lean=Lean.AHEAD)

    def __init__(self, *args: Any, teams: Sequence[tuple[UUID, str]], is_regional: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_regional = is_regional
        branches = branches_for(is_regional=is_regional)
        self._offer("team", [(str(key), name) for key, name in teams])
        # Where there is a choice it is made by hand: the first of a list would decide what somebody sees.
        nothing = [("", "Välj verksamhet")] if len(branches) > 1 else []
        self._offer("branch", [*nothing, *((code, branch_name(code)) for code in branches)])

    def _offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def hat(self) -> NewHat:
        """Give the hat that was written; it begins today."""
        told = self.cleaned_data
        return NewHat(
            name=told["name"],
            branch=told["branch"],
            unit=told["unit"],
            profession=Profession(told["profession"]),
            role=RoleCode(told["role"]),
            starts_on=instant.today(),
            ends_on=told["ends_on"],
            is_regional=self.is_regional,
        )
