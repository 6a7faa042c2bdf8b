"""How a page sends a form: one effect however often it is pressed, and the draft is gone in the same transaction."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from hlt_identity.door import Actor
from hlt_identity.errors import HltError, NeedsLogin
from hlt_tenants.audit.following import along
from hlt_tenants.audit.rules import own_basis
from hlt_tenants.drafts.actions import erasing, save_draft
from hlt_tenants.drafts.errors import AlreadySent
from hlt_tenants.drafts.once import Taken, keeping, taken
from hlt_tenants.drafts.reads import draft
from hlt_tenants.drafts.tokens import token_for, written_by
from hlt_tenants.registry.context import inside
from hlt_tenants.registry.forms import Sheet, attempt
from hlt_tenants.registry.requests import StaffRequest

# As `{% once %}` writes it; another word is nobody's key.
KEY = re.compile(r"[0-9a-f]{32}")
OURS = frozenset({"csrfmiddlewaretoken", "once", "draft_token"})
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Writing:
    """A form that somebody writes in: the name of its page, and the signal or case it is about."""

    form: str
    about: UUID | None = None

    @property
    def page(self) -> str:
        """The address where somebody goes on writing."""
        return reverse(self.form, args=self._about)

    @property
    def save(self) -> str:
        """The address that keeps what is written so far."""
        return reverse("draft-save-about" if self.about else "draft-save", args=[self.form, *self._about])

    @property
    def discard(self) -> str:
        """The address that asks before it throws the draft away."""
        return reverse("draft-discard-about" if self.about else "draft-discard", args=[self.form, *self._about])

    @property
    def _about(self) -> list[UUID]:
        return [self.about] if self.about else []


def send(
    request: StaffRequest,
    form: Sheet,
    act: Callable[[], object],
    *,
    to: Callable[[UUID], str],
    writing: Writing | None = None,
) -> HttpResponse | None:
    """Do a page's one action and go on to where `to` says; None = show the page (a GET, or something to put right).

    The same key and content again leads to the same place without a second effect (interface §6). `to` is told what
    the action was about. Raises KeyReused, and whatever the action refuses with.
    """
    if request.method != "POST":
        return None
    told = request.POST.get("once", "")
    key, body = told if KEY.fullmatch(told) else uuid4().hex, body_of(request.POST).encode()
    before = taken(key=key, body=body, by=request.actor)
    if before is not None:
        return redirect(before.location)
    went: list[str] = []

    def location(about: UUID) -> str:
        went.append(to(about))
        return went[-1]

    keep = keeping(key=key, body=body, status=302, location=location)
    erase = (erasing(form=writing.form, about=writing.about),) if writing else ()
    try:
        with along(keep, *erase):
            return redirect(went[-1]) if attempt(form, act) else None
    except AlreadySent:
        return _as_the_first(taken(key=key, body=body, by=request.actor))


def _as_the_first(first: Taken | None) -> HttpResponseRedirect:
    if first is None:
        raise AlreadySent
    return HttpResponseRedirect(first.location)


def body_of(post: QueryDict) -> str:
    """Give the fields of a post as text, without the keys that every form carries."""
    return json.dumps({name: values for name, values in sorted(post.lists()) if name not in OURS}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form page needs of its draft: the fields as they were left, when, and how it is kept further."""

    fields: QueryDict
    saved_at: datetime | None
    save: str
    token: str


def written(request: StaffRequest, writing: Writing) -> Kept:
    """Give what this person wrote and did not send; nothing = empty fields and no time."""
    kept = draft(form=writing.form, about=writing.about, by=request.actor)
    found = QueryDict(mutable=True)
    for name, values in json.loads(kept.body if kept else "{}").items():
        found.setlist(name, values)
    token = token_for(request, writing.form, writing.about)
    return Kept(found, kept.saved_at if kept else None, writing.save, token)


def keep(request: StaffRequest, writing: Writing, by: Actor) -> datetime:
    """Keep what was posted as this person's draft; give when it was saved."""
    body, basis = body_of(request.POST), own_basis(by.own_branch)
    return save_draft(form=writing.form, about=writing.about, body=body, by=by, basis=basis)


def _keep_of_ended_session(request: StaffRequest) -> None:
    """Keep a text whose writer is no longer signed in; nothing is read, and the answer stays a 401."""
    known = written_by(request)
    if known is not None:
        with inside(known.where):
            keep(request, Writing(known.form, known.about), known.by)


def keeps_after_end(view: View) -> View:
    """Let a page keep what is posted by somebody whose session has ended; the answer is still a 401."""

    @wraps(view)
    def kept(request: StaffRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return view(request, *args, **kwargs)
        except NeedsLogin:
            if request.method == "POST":
                _keep_of_ended_session(request)
            raise

    return kept  # type: ignore[return-value]


def keeps(form: str, about: str = "") -> Callable[[View], View]:
    """Let a page keep what was posted whenever it refuses: nobody writes the same thing twice.

    `about` names the argument of the address that the draft belongs to. Stands outside `needs`, so that an answer
    which asks for a new sign-in keeps the text too.
    """

    def declare(view: View) -> View:
        inner = keeps_after_end(view)

        @wraps(view)
        def kept(request: StaffRequest, *args: Any, **kwargs: Any) -> Any:
            try:
                return inner(request, *args, **kwargs)
            except HltError:
                if request.method == "POST" and request.actor is not None:
                    keep(request, Writing(form, kwargs.get(about)), request.actor)
                raise

        return kept  # type: ignore[return-value]

    return declare


def press(request: StaffRequest, act: Callable[[], object], *, to: str) -> HttpResponse:
    """Do what a button without any field does, once, and go on."""
    return send(request, forms.Form({}), act, to=lambda _about: to) or redirect(to)
