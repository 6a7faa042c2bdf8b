"""Bibliotek: find, read, download (interface S10)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from hlt_graphql.pages.forms import KINDS
from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.views.releases import Row
from hlt_graphql.releases.places import municipality
from hlt_graphql.resources.reads import Item, drafts, file_token, library, library_item
from hlt_graphql.resources.rules import ItemKind
from hlt_identity.roles import Permission, may, needs

PAGE = 24


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
    # After Back htmx asks for the whole page again, and says so.
    is_part = request.htmx and not request.htmx.history_restore_request
    may_share = may(request.actor, Permission.LIBRARY_CONTRIBUTE)
    told = {
        "found": Found(tuple(_shown(item) for item in page.items), page.has_next),
        "words": words,
        "older": f"?{urlencode({'q': words, 'efter': page.end_cursor or ''})}" if page.has_next else "",
        "may_share": may_share,
        "drafts": tuple(map(_waiting, drafts())) if may_share and not is_part else (),
    }
    return render(request, "pages/library.html#hits" if is_part else "pages/library.html", told)


@needs(Permission.LIBRARY_VIEW)
def library_item_page(request: RegionRequest, slug: str) -> HttpResponse:
    item = library_item(slug)
    may_share = may(request.actor, Permission.LIBRARY_CONTRIBUTE)
    told = {"item": _shown(item), "files": _downloads(item), "may_share": may_share}
    return render(request, "pages/library_item.html", told)


def _waiting(item: Item) -> Row:
    url = reverse("library-draft", args=[item.item_id])
    return Row(url=url, title=item.title, hint=KINDS[ItemKind(item.kind)])


def _shown(item: Item) -> Shown:
    shared_by = municipality(item.shared_by).name if item.shared_by else ""
    words = (item.slug, item.title, item.summary, item.body, KINDS[ItemKind(item.kind)], shared_by)
    return Shown(*words, item.license, item.tags, item.published_at, item.review_due)


def _downloads(item: Item) -> tuple[Download, ...]:
    return tuple(
        Download(file.name, file.size, reverse("library-file", args=[file_token(file.file_id)])) for file in item.files
    )
