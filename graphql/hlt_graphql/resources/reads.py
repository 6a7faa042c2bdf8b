"""What members see of the directory and the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core import signing
from django.db import connections
from django.db.models import Prefetch, Q, QuerySet

from hlt_graphql.resources.models import LibraryFile, LibraryItem, TeamEntry
from hlt_graphql.resources.rules import PROFESSIONS, ItemState, Profession
from hlt_identity.errors import NotFound

ALIAS = "regional"
LINK_SECONDS = 300
MOST_WORDS = 6
LINK_SALT, CURSOR_SALT = "hlt.library.file", "hlt.library.cursor"


@dataclass(frozen=True, slots=True)
class TeamContact:
    """A team as others may reach it; `covered` = which professions are filled, not how many hold them."""

    team_id: UUID
    kommunkod: str
    name: str
    age_span: str
    phone: str
    email: str
    areas: tuple[str, ...]
    meets_every: str
    covered: tuple[tuple[Profession, bool], ...]
    version: int


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file without its bytes."""

    file_id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Item:
    """A library item with its files; `published_at` None = a draft."""

    item_id: UUID
    slug: str
    kind: str
    title: str
    summary: str
    body: str
    tags: tuple[str, ...]
    shared_by: str
    license: str
    version: int
    published_at: datetime | None
    review_due: date | None
    files: tuple[FileFacts, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some items, and the cursor of the last when there are more."""

    items: tuple[Item, ...]
    end_cursor: str | None
    has_next: bool


def teams(kommunkod: str | None = None) -> tuple[TeamContact, ...]:
    """Give every team, or those of one kommun, by kommun and name."""
    rows = TeamEntry.objects.using(ALIAS).order_by("kommunkod", "name")
    chosen = rows.filter(kommunkod=kommunkod) if kommunkod else rows
    return tuple(_contact(row) for row in chosen[:300])


def is_kommun(kommunkod: str) -> bool:
    """Tell whether the registry knows the code; asked of its table, which the region's login may read."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM shared.kommun WHERE kommunkod = %s)", [kommunkod])
        return bool(cursor.fetchone()[0])


def library_item(slug: str) -> Item:
    """Give a published item; raise NotFound for a draft as for what does not exist."""
    row = _in(ItemState.PUBLISHED).filter(slug=slug).first()
    if row is None:
        raise NotFound
    return _item(row)


def draft_item(item_id: UUID) -> Item:
    """Give a draft for the one who looks it over before it is published; raise NotFound for all that is no draft."""
    row = _in(ItemState.DRAFT).filter(id=item_id).first()
    if row is None:
        raise NotFound
    return _item(row)


def drafts() -> tuple[Item, ...]:
    """Give every draft for those who may publish it, by title."""
    return tuple(map(_item, _in(ItemState.DRAFT).order_by("title", "id")))


def library(first: int, after: str | None = None, words: str = "") -> Page:
    """Give published items, newest first, after a signed cursor; raise NotFound for a cursor that is not ours.

    `words` picks items whose title, summary, text or a tag holds every one of them.
    """
    rows = _in(ItemState.PUBLISHED).order_by("-published_at", "id")
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(body__icontains=word)
            | Q(tags__contains=[word.lower()])
        )
    if after is not None:
        at, last = _cursor(after)
        rows = rows.filter(published_at__lte=at).exclude(published_at=at, id__lte=last)
    found: Sequence[LibraryItem] = list(rows[: first + 1])
    page = tuple(_item(row) for row in found[:first])
    end = _cursor_of(found[len(page) - 1]) if page else None
    return Page(page, end, len(found) > first)


def file_token(file_id: UUID) -> str:
    """Give the word that opens one file for five minutes."""
    return signing.dumps(str(file_id), salt=LINK_SALT)


def file_of(token: str) -> tuple[FileFacts, bytes]:
    """Give a file and its bytes; raise NotFound for an old, foreign or changed token."""
    try:
        file_id = UUID(signing.loads(token, salt=LINK_SALT, max_age=LINK_SECONDS))
    except signing.BadSignature:
        raise NotFound from None
    return _content(file_id, ItemState.PUBLISHED)


def draft_file(file_id: UUID) -> tuple[FileFacts, bytes]:
    """Give a file of a draft and its bytes to who looks it over; raise NotFound for a file of what is no draft."""
    return _content(file_id, ItemState.DRAFT)


def _content(file_id: UUID, state: ItemState) -> tuple[FileFacts, bytes]:
    row = LibraryFile.objects.using(ALIAS).filter(id=file_id, item__state=state).first()
    if row is None:
        raise NotFound
    return _file(row), bytes(row.content)


def _in(state: ItemState) -> QuerySet[LibraryItem]:
    # Without the bytes: a list of files must not read megabytes at every press of a key.
    files = Prefetch("files", LibraryFile.objects.using(ALIAS).defer("content"))
    return LibraryItem.objects.using(ALIAS).filter(state=state).prefetch_related(files)


def _cursor_of(row: LibraryItem) -> str:
    at = row.published_at.isoformat() if row.published_at else ""
    return signing.dumps([at, str(row.id)], salt=CURSOR_SALT)


def _cursor(text: str) -> tuple[datetime, UUID]:
    try:
        at, last = signing.loads(text, salt=CURSOR_SALT)
    except signing.BadSignature:
        raise NotFound from None
    return datetime.fromisoformat(at), UUID(last)


def _contact(row: TeamEntry) -> TeamContact:
    filled = set(row.professions)
    covered = tuple((profession, profession.code in filled) for profession in PROFESSIONS)
    return TeamContact(
        row.id,
        row.kommunkod,
        row.name,
        row.age_span,
        row.phone,
        row.email,
        tuple(row.areas),
        row.meets_every,
        covered,
        row.version,
    )


def _item(row: LibraryItem) -> Item:
    files = tuple(sorted((_file(file) for file in row.files.all()), key=lambda file: file.name))
    return Item(
        row.id,
        row.slug,
        row.kind,
        row.title,
        row.summary,
        row.body,
        tuple(row.tags),
        row.shared_by,
        row.license,
        row.version,
        row.published_at,
        row.review_due,
        files,
    )


def _file(row: LibraryFile) -> FileFacts:
    return FileFacts(row.id, row.name, row.media_type, row.size, row.sha256)
