"""Dela material: write it, look it over, change it, publish it, take it away again (interface S10)."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify

from hlt_graphql.pages.forms import KINDS, ChangedItemForm, ItemForm, ReviewForm, VersionForm
from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.views.library import Download
from hlt_graphql.pages.views.releases import Row
from hlt_graphql.resources.actions import NewItem, change_draft, publish_item, retire_item, share_item
from hlt_graphql.resources.reads import Item, draft_file, draft_item, library_item
from hlt_graphql.resources.rules import ItemKind
from hlt_graphql.resources.views import download
from hlt_identity.errors import HltError, NotFound, Stale, StepNotAllowed
from hlt_identity.roles import Permission, needs

LICENSE = "CC BY 4.0"
# Which field of the form a refusal of the library points at.
FIELD_OF = dict.fromkeys(("FILE_NOT_TAKEN", "FILE_NAME_TAKEN", "FILE_NAME_TOO_LONG"), "file")
CHANGED = "Någon ändrade utkastet medan du läste. Läs det igen innan du trycker."
ENDED = "Någon har publicerat eller slängt utkastet. Det du skrev står kvar här: spara det som ett nytt utkast."
AGAIN = "Välj filen igen. Webbläsaren skickar den bara en gång."


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_share(request: RegionRequest) -> HttpResponse:
    """Keep what somebody shares as a draft and show it to them once more."""
    form = ItemForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = share_item(_new_item(form), by=request.actor)
        except HltError as refusal:
            _blame(form, refusal)
        else:
            return HttpResponseRedirect(reverse("library-draft", args=[item]))
    return _written(request, form)


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_draft(request: RegionRequest, item: UUID) -> HttpResponse:
    """Show a draft as it will stand, and publish it with a date to look it over."""
    draft = draft_item(item)
    form = ReviewForm(request.POST or None, initial={"version": draft.version})
    if request.method == "POST" and form.is_valid():
        try:
            publish_item(item=item, **form.cleaned_data, by=request.actor)
        except Stale:
            _read_again(form, draft.version)
        else:
            return HttpResponseRedirect(reverse("library-item", args=[draft.slug]))
    told = {"form": form, "rows": _rows(draft), "files": _files(draft), "draft": draft, "back": reverse("library")}
    return render(request, "pages/draft_item.html", told, status=422 if request.method == "POST" else 200)


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_draft_file(request: RegionRequest, file: UUID) -> HttpResponse:
    """Send a file of a draft: no link opens it without the right, as one of a published item does."""
    return download(*draft_file(file))


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_draft_change(request: RegionRequest, item: UUID) -> HttpResponse:
    """Write a draft anew. Nothing is lost when somebody saved first, published it or threw it away meanwhile."""
    if request.method != "POST":
        return _written(request, ChangedItemForm(initial=_initial(draft_item(item))), item)
    form = ChangedItemForm(request.POST, request.FILES)
    if not form.is_valid():
        return _written(request, form, item)
    try:
        return _saved(request, form, item)
    except (NotFound, StepNotAllowed):
        form.add_error(None, ENDED)
        return _written(request, form)


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_draft_retire(request: RegionRequest, item: UUID) -> HttpResponse:
    """Ask once, then throw the draft away."""
    back = reverse("library-draft", args=[item])
    return _retired(request, draft_item(item), "Släng utkastet", back)


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_item_retire(request: RegionRequest, slug: str) -> HttpResponse:
    """Ask once, then take what is published out of the library."""
    back = reverse("library-item", args=[slug])
    return _retired(request, library_item(slug), "Ta bort ur biblioteket", back)


def _saved(request: RegionRequest, form: ChangedItemForm, item: UUID) -> HttpResponse:
    """Save a draft, or show both texts; raises NotFound and StepNotAllowed when it is no draft any more."""
    new = _new_item(form)
    try:
        change_draft(item=item, new=new, version=form.cleaned_data["version"], by=request.actor)
    except Stale:
        now = draft_item(item)
        _now_of(form, now.version)
        kept = [file.name for file in now.files]
        form.mine = _text(new, kept + [name for name, _ in new.files])
        form.theirs = _text(now, kept)
    except HltError as refusal:
        _blame(form, refusal)
    else:
        return HttpResponseRedirect(reverse("library-draft", args=[item]))
    return _written(request, form, item)


def _written(request: RegionRequest, form: ItemForm, item: UUID | None = None) -> HttpResponse:
    """Show the form of a draft, or of a new one for None; a file does not come back with it, and that is told."""
    heading = "Dela material" if item is None else "Ändra utkastet"
    action = reverse("library-share") if item is None else reverse("library-draft-change", args=[item])
    back = reverse("library") if item is None else reverse("library-draft", args=[item])
    if request.FILES and not form.has_error("file"):
        form.add_error("file", AGAIN)
    status = 200 if request.method != "POST" else 409 if form.theirs else 422
    told = {"heading": heading, "form": form, "action": action, "back": back}
    return render(request, "pages/share.html", told, status=status)


def _retired(request: RegionRequest, item: Item, label: str, back: str) -> HttpResponse:
    form = VersionForm(request.POST or None, initial={"version": item.version})
    if request.method == "POST" and form.is_valid():
        try:
            retire_item(item=item.item_id, version=form.cleaned_data["version"], by=request.actor)
        except Stale:
            _read_again(form, item.version)
        else:
            return HttpResponseRedirect(reverse("library"))
    told = {"form": form, "item": item, "label": label, "back": back}
    return render(request, "pages/retire_item.html", told, status=422 if request.method == "POST" else 200)


def _read_again(form: VersionForm, version: int) -> None:
    _now_of(form, version)
    form.add_error(None, CHANGED)


def _now_of(form: VersionForm, version: int) -> None:
    """Let the next press of a form that came back filled mean the version that stands beside it."""
    form.data = {**{key: form.data[key] for key in form.data}, "version": version}


def _files(draft: Item) -> tuple[Download, ...]:
    return tuple(
        Download(file.name, file.size, reverse("library-draft-file", args=[file.file_id])) for file in draft.files
    )


def _initial(draft: Item) -> dict[str, object]:
    words = {"title": draft.title, "kind": draft.kind, "summary": draft.summary, "body": draft.body}
    return {**words, "tags": ", ".join(draft.tags), "version": draft.version}


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


def _text(item: Item | NewItem, files: list[str]) -> str:
    """Give all that two who wrote at once have to compare."""
    return "\n".join(f"{key}: {words}" for key, words in _words(item, files).items())


def _rows(item: Item) -> tuple[Row, ...]:
    """Give all that others will read of it; what was left empty has no row."""
    told = _words(item, [file.name for file in item.files]) | {"Licens": item.license}
    return tuple(Row(key, text) for key, text in told.items() if text)


def _words(item: Item | NewItem, files: list[str]) -> dict[str, str]:
    return {
        "Rubrik": item.title,
        "Slag": KINDS[ItemKind(item.kind)],
        "Sammanfattning": item.summary,
        "Text": item.body,
        "Sökord": ", ".join(item.tags),
        "Fil": ", ".join(files) or "ingen",
    }
