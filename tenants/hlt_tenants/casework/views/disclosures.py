"""Give something to another branch (utlämnande): pick, say the ground, see the exact copy, send (S4)."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hlt_identity.errors import Refused
from hlt_identity.roles import Permission, needs
from hlt_tenants.audit.rules import Basis, own_basis
from hlt_tenants.casework.actions.disclosing import disclose_together
from hlt_tenants.casework.errors import CopyChanged
from hlt_tenants.casework.forms.disclosure import CopyForm, DisclosureForm
from hlt_tenants.casework.offers import digest_of
from hlt_tenants.casework.reads.case import seated_view
from hlt_tenants.casework.reads.consents import DiscloseChoices, disclose_choices, preview
from hlt_tenants.consent.codes import SENTENCE, Ground
from hlt_tenants.consent.rules import Refusal
from hlt_tenants.drafts.sending import send
from hlt_tenants.registry.branches import branch_name
from hlt_tenants.registry.forms import status_of
from hlt_tenants.registry.requests import StaffRequest

BASIS: dict[Ground, Basis] = {
    Ground.CONSENT: Basis.CONSENT,
    Ground.NEEDED_BY_CHILD_HEALTH: Basis.NEEDED_SUPPORT,
    Ground.NEEDED_BY_CHILD_SOCIAL: Basis.NEEDED_SUPPORT,
    Ground.SCHOOL_MEDICAL_TO_SUPPORT: Basis.SCHOOL_MEDICAL_TO_PUPIL_HEALTH,
    Ground.OPEN_INQUIRY: Basis.OPEN_INQUIRY,
}


@dataclass(frozen=True, slots=True)
class CopyToCome:
    """One copy as its receiver will have it."""

    label: str
    content: str


@needs(Permission.DISCLOSE)
def disclose(request: StaffRequest, case: UUID) -> HttpResponse:
    """Pick what goes to whom on which ground, and see the copies before anything goes."""
    form = DisclosureForm(request.POST or None, choices=_choices(request, case))
    if request.method == "POST" and form.is_valid():
        return _preview(request, case, form)
    is_open = bool(form.fields["items"].choices and form.fields["to_branch"].choices)  # type: ignore[attr-defined]
    told = {"form": form, "is_open": is_open, "back": reverse("case", args=[case])}
    return render(request, "casework/disclose.html", told, status=status_of(form))


def _choices(request: StaffRequest, case: UUID) -> DiscloseChoices:
    by, basis = request.actor, own_basis(request.actor.own_branch)
    seated_view(case, by=by, basis=basis)
    return disclose_choices(case, by=by, basis=basis)


def _preview(
    request: StaffRequest, case: UUID, form: DisclosureForm, *, changed: CopyChanged | None = None
) -> HttpResponse:
    by, wish = request.actor, form.wish
    basis = own_basis(by.own_branch)
    titles = dict(form.fields["items"].choices)  # type: ignore[attr-defined]
    seen = [preview(case, kind=kind, source=source, wish=wish, by=by, basis=basis) for kind, source in form.chosen]
    named = [titles[value] for value in form.cleaned_data["items"]]
    told = {
        "items": [CopyToCome(title, one.content) for title, one in zip(named, seen, strict=True)],
        "receiver": branch_name(wish.to_branch),
        "strength": seen[0].receiver.strength,
        "ground": Ground(wish.ground).label,
        "motive": wish.motive,
        "reasons": sentences({code for one in seen for code in one.refusals}),
        "seen": digest_of(one.content for one in seen),
        "changed": changed,
        "hidden": [(name, value) for name in form.fields for value in request.POST.getlist(name)],
        "send_url": reverse("disclose-send", args=[case]),
        "back": reverse("disclose", args=[case]),
    }
    status = 403 if told["reasons"] else changed.status if changed else 200
    return render(request, "casework/disclose_preview.html", told, status=status)


def sentences(codes: Collection[str]) -> list[str]:
    """Give what each code of the rule engine means, in the order of the law's questions."""
    return [SENTENCE[code] for code in Refusal if code in codes]


@require_POST
@needs(Permission.DISCLOSE)
def send_copies(request: StaffRequest, case: UUID) -> HttpResponse:
    """Give the copies. The ground is asked anew at this instant: a consent withdrawn a second ago stops it here."""
    form, page = CopyForm(request.POST, choices=_choices(request, case)), reverse("case", args=[case])
    try:
        sent = send(request, form, lambda: _give(form, case, request), to=lambda _about: page)
    except CopyChanged as changed:
        return _look_again(request, case, changed)
    except Refused as refusal:
        told = {"reasons": sentences([str(code) for code in refusal.codes]), "back": page}
        return render(request, "casework/refused.html", told, status=refusal.status)
    return sent or redirect("disclose", case)


def _look_again(request: StaffRequest, case: UUID, changed: CopyChanged) -> HttpResponse:
    form = DisclosureForm(request.POST, choices=_choices(request, case))
    return _preview(request, case, form, changed=changed) if form.is_valid() else redirect("disclose", case)


def _give(form: CopyForm, case: UUID, request: StaffRequest) -> None:
    by, wish = request.actor, form.wish
    basis = BASIS.get(Ground(wish.ground), own_basis(by.own_branch))
    seen = form.cleaned_data["seen"]
    disclose_together(case=case, items=form.chosen, wish=wish, seen_digest=seen, by=by, basis=basis)
