"""Bibliotek: find, read, download, share (interface S10)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify

from hlt_graphql.pages.forms import KINDS, ItemForm, ReviewForm
from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.views.releases import Row
from hlt_graphql.releases.places import municipality
from hlt_graphql.resources.actions import NewItem, publish_item, share_item
from hlt_graphql.resources.reads import FileFacts, Item, draft_item, file_token, library, library_item
from hlt_graphql.resources.rules import ItemKind
from hlt_identity.errors import HltError
from hlt_identity.roles import Permission, may, needs

PAGE = 24
LICENSE = "CC BY 4.0"
# Which field of the form a refusal of the library points at.
FIELD_OF = {"FILE_NOT_TAKEN": "file"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An item in words."""

    slug: str
    title: str
    summary: str
    body: str
    kind_words: str
    shared_by_name: str
    license: str
    tags: tuple[str, ...]
    published_at: datetime | None
    review_due: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of items."""

    items: tuple[Shown, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    size: int
    url: str


@needs(Permission.LIBRARY_VIEW)
def library_page(request: RegionRequest) -> HttpResponse:
    """Show what matches; the same address answers a search as you type with the hits alone."""
    words = request.GET.get("q", "")[:100].replace("\x00", "")
    page = library(PAGE, request.GET.get("efter") or None, words)
    told = {
        "found": Found(tuple(_shown(item) for item in page.items), page.has_next),
        "words": words,
        "older": f"?{urlencode({'q': words, 'efter': page.end_cursor or ''})}" if page.has_next else "",
        "may_share": may(request.actor, Permission.LIBRARY_CONTRIBUTE),
    }
    # After Back htmx asks for the whole page again, and says so.
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(request, "pages/library.html#hits" if is_part else "pages/library.html", told)


@needs(Permission.LIBRARY_VIEW)
def library_item_page(request: RegionRequest, slug: str) -> HttpResponse:
    item = library_item(slug)
    told = {"item": _shown(item), "files": tuple(_download(file) for file in item.files)}
    return render(request, "pages/library_item.html", told)


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
    return render(request, "pages/share.html", {"form": form}, status=422 if request.method == "POST" else 200)


@needs(Permission.LIBRARY_CONTRIBUTE)
def library_draft(request: RegionRequest, item: UUID) -> HttpResponse:
    """Show a draft as it will stand, and publish it with a date to look it over."""
    draft = draft_item(item)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publish_item(item=item, review_due=form.cleaned_data["review_due"], by=request.actor)
        return HttpResponseRedirect(reverse("library-item", args=[draft.slug]))
    told = {"form": form, "rows": _rows(draft), "back": reverse("library")}
    return render(request, "pages/draft_item.html", told, status=422 if request.method == "POST" else 200)


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
    form.add_error(field if field in form.fields else None, f"{refusal.sentence} {refusal.next_step}")


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


def _shown(item: Item) -> Shown:
    shared_by = municipality(item.shared_by).name if item.shared_by else ""
    words = (item.slug, item.title, item.summary, item.body, KINDS[ItemKind(item.kind)], shared_by)
    return Shown(*words, item.license, item.tags, item.published_at, item.review_due)


def _download(file: FileFacts) -> Download:
    return Download(file.name, file.size, reverse("library-file", args=[file_token(file.file_id)]))
