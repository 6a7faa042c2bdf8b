"""Dela material: write it, look it over, change or throw it away, publish it (interface S10)."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from hlt_graphql.pages.forms import KINDS, ChangedItemForm, ItemForm, ReviewForm
from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.views.releases import Row
from hlt_graphql.resources.actions import NewItem, change_draft, discard_draft, publish_item, share_item
from hlt_graphql.resources.reads import Item, draft_item
from hlt_graphql.resources.rules import ItemKind
from hlt_identity.door import Actor
from hlt_identity.errors import HltError, Stale
from hlt_identity.roles import Permission, needs

LICENSE = "CC BY 4.0"
CHANGED = "Någon ändrade utkastet medan du läste. Läs det igen och publicera."
# Which field of the form a refusal of the library points at.
FIELD_OF = {"FILE_NOT_TAKEN": "file", "FILE_NAME_TAKEN": "file"}


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_share(request: RegionRequest) -> HttpResponse:
    """Keep what somebody shares as a draft and show it to them once more."""
    form = ItemForm(request.POST or None, request.FILES or None)
    told: dict[str, object] = {"heading": "Dela material", "form": form, "back": reverse("library")}
    if request.method == "POST" and form.is_valid():
        try:
            item = share_item(_new_item(form), by=request.actor)
        except HltError as refusal:
            _blame(form, refusal)
        else:
            return HttpResponseRedirect(reverse("library-draft", args=[item]))
    return _form(request, told)


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_draft(request: RegionRequest, item: UUID) -> HttpResponse:
    """Show a draft as it will stand, and publish it with a date to look it over."""
    draft = draft_item(item)
    form = ReviewForm(request.POST or None, initial={"version": draft.version})
    if request.method == "POST" and form.is_valid():
        try:
            publish_item(item=item, **form.cleaned_data, by=request.actor)
        except Stale:
            _now_of(form, draft.version)
            form.add_error(None, CHANGED)
        else:
            return HttpResponseRedirect(reverse("library-item", args=[draft.slug]))
    told = {"form": form, "rows": _rows(draft), "draft": draft, "back": reverse("library")}
    return render(request, "pages/draft_item.html", told, status=422 if request.method == "POST" else 200)


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_draft_change(request: RegionRequest, item: UUID) -> HttpResponse:
    """Write a draft anew; when somebody saved first, both texts stand on the page and the next press decides."""
    draft = draft_item(item)
    form = ChangedItemForm(request.POST or None, request.FILES or None, initial=_initial(draft))
    told: dict[str, object] = {"heading": "Ändra utkastet", "form": form, "back": reverse("library-draft", args=[item])}
    if request.method == "POST" and form.is_valid():
        refused = _not_saved(form, draft, request.actor)
        if refused is None:
            return HttpResponseRedirect(reverse("library-draft", args=[item]))
        told |= refused
    return _form(request, told)


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_draft_discard(request: RegionRequest, item: UUID) -> HttpResponse:
    """Ask once, then put the draft away."""
    draft = draft_item(item)
    if request.method == "POST":
        discard_draft(item=item, by=request.actor)
        return HttpResponseRedirect(reverse("library"))
    told = {"draft": draft, "back": reverse("library-draft", args=[item])}
    return render(request, "pages/discard_item.html", told)


def _not_saved(form: ChangedItemForm, draft: Item, by: Actor) -> dict[str, str] | None:
    """Save a draft as it was written; give None, or what the page then shows beside the form."""
    new = replace(_new_item(form), shared_by=draft.shared_by, license=draft.license)
    try:
        change_draft(item=draft.item_id, new=new, version=form.cleaned_data["version"], by=by)
    except Stale:
        _now_of(form, draft.version)
        return {"mine": _text(new), "theirs": _text(draft)}
    except HltError as refusal:
        _blame(form, refusal)
        return {}
    return None


def _now_of(form: ChangedItemForm | ReviewForm, version: int) -> None:
    """Let the next press of a form that came back filled mean the version that stands beside it."""
    form.data = {**{key: form.data[key] for key in form.data}, "version": version}


def _form(request: RegionRequest, told: dict[str, object]) -> HttpResponse:
    status = 200 if request.method != "POST" else 409 if "theirs" in told else 422
    return render(request, "pages/share.html", told, status=status)


def _initial(draft: Item) -> dict[str, object]:
    words = {"title": draft.title, "kind": draft.kind, "summary": draft.summary, "body": draft.body}
    return {**words, "tags": ", ".join(draft.tags), "version": draft.version}


def _text(item: Item | NewItem) -> str:
    return f"{item.title}\n\n{item.summary}\n\n{item.body}"


def _new_item(form: ItemForm) -> NewItem:
    told = form.cleaned_data
    uploaded = told["file"]
    files = ((str(uploaded.name), uploaded.read()),) if uploaded else ()
    tags = tuple(word for word in (part.strip().lower() for part in told["tags"].split(",")) if word)
    slug = f"{slugify(told['title'])[:50]}-{uuid4().hex[:6]}".lstrip("-")
    words = (told["title"], told["summary"], told["body"])
    return NewItem(slug, ItemKind(told["kind"]), *words, tags, "", LICENSE, files)


def _blame(form: ItemForm, refusal: HltError) -> None:
    """Put a refusal of the library beside the field it is about; others go on to the page of refusals."""
    if refusal.status != 422:
        raise refusal
    field = str(refusal.data.get("field") or FIELD_OF.get(refusal.code, ""))
    told: Any = refusal.data.get("fields") or {field: f"{refusal.sentence} {refusal.next_step}"}
    for name, words in told.items():
        form.add_error(name if name in form.fields else None, words)


def _rows(item: Item) -> tuple[Row, ...]:
    """Give all that others will read of it; what was left empty has no row."""
    told = {
        "Rubrik": item.title,
        "Slag": KINDS[ItemKind(item.kind)],
        "Sammanfattning": item.summary,
        "Text": item.body,
        "Sökord": ", ".join(item.tags),
        "Fil": ", ".join(file.name for file in item.files) or "ingen",
        "Licens": item.license,
    }
    return tuple(Row(key, text) for key, text in told.items() if text)
