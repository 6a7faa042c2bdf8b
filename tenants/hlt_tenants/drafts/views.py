"""What somebody has not sent yet: kept while they write, found again, thrown away by hand only."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from hlt_identity.errors import NotFound
from hlt_identity.roles import Permission, needs
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.drafts.actions import discard_draft
from hlt_tenants.drafts.reads import drafts_of
from hlt_tenants.drafts.rules import KEPT_FORMS, is_kept
from hlt_tenants.drafts.sending import Writing, keep, keeps_after_end
from hlt_tenants.registry.requests import StaffRequest


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as the list shows it: which form, when, where to go on. Never a name or a text."""

    label: str
    saved_at: datetime
    url: str
    discard_url: str


@needs(Permission.OWN_RECEIPTS_VIEW)
def drafts(request: StaffRequest) -> HttpResponse:
    """List the own drafts, newest first."""
    rows = [_row(kept.form, kept.about, kept.saved_at) for kept in drafts_of(request.actor) if kept.form in KEPT_FORMS]
    return render(request, "drafts/drafts.html", {"rows": rows})


def _row(form: str, about: UUID | None, saved_at: datetime) -> DraftRow:
    own = Writing(form, about)
    return DraftRow(KEPT_FORMS[form], saved_at, own.page, own.discard)


@require_POST
@keeps_after_end
@needs(Permission.OWN_RECEIPTS_VIEW)
def save(request: StaffRequest, form: str, about: UUID | None = None) -> HttpResponse:
    """Keep the form as it stands; a page without JavaScript comes back to the form."""
    if not is_kept(form, has_about=about is not None):
        raise NotFound
    saved_at = keep(request, Writing(form, about), request.actor)
    if request.htmx:
        local = timezone.localtime(saved_at)
        return HttpResponse(f"Utkast sparat kl. {local.hour:02}.{local.minute:02}")
    return redirect(Writing(form, about).page)


@needs(Permission.OWN_RECEIPTS_VIEW)
def discard(request: StaffRequest, form: str, about: UUID | None = None) -> HttpResponse:
    """Ask first, then throw the draft away."""
    if not is_kept(form, has_about=about is not None):
        raise NotFound
    if request.method != "POST":
        return render(request, "drafts/discard.html", {"label": KEPT_FORMS[form], "back": reverse("drafts")})
    by = request.actor
    discard_draft(form=form, about=about, by=by, basis=own_basis(by.own_branch))
    return redirect("drafts")
