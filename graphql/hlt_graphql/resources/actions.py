"""Keep the directory and the library; each act leaves one event in the region's log."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from time import time
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.core.exceptions import ValidationError

from hlt_graphql.resources.errors import FileNameTaken
from hlt_graphql.resources.models import LibraryFile, LibraryItem, TeamEntry
from hlt_graphql.resources.reads import is_kommun
from hlt_graphql.resources.rules import (
    PROFESSIONS,
    ItemKind,
    ItemState,
    check_mailbox,
    check_text,
    check_visible,
    checked_file,
)
from hlt_graphql.trace.changing import regional_change
from hlt_graphql.trace.rules import RegionEvent
from hlt_identity.door import Actor
from hlt_identity.errors import Invalid, NotFound, Stale, StepNotAllowed
from hlt_identity.roles import Permission, check_may

ALIAS = "regional"


@dataclass(frozen=True, slots=True)
class TeamWords:
    """What a team says of itself; `covered` are codes of PROFESSIONS."""

    name: str
    age_span: str
    phone: str
    email: str
    areas: tuple[str, ...]
    meets_every: str
    covered: frozenset[str]


@dataclass(frozen=True, slots=True)
class NewItem:
    """Working material as somebody shares it; `files` are (name, bytes)."""

    slug: str
    kind: ItemKind
    title: str
    summary: str
    body: str
    tags: tuple[str, ...]
    shared_by: str
    license: str
    files: tuple[tuple[str, bytes], ...]


def save_team(*, kommunkod: str, words: TeamWords, version: int, by: Actor) -> UUID:
    """Write a team's contact: version 0 makes it, else it must be the version that was read.

    Raises NotAFunction, IdentifyingContent, Invalid (unknown profession or kommun, too long), Stale, NotAllowed.
    """
    check_may(by, Permission.LIBRARY_CONTRIBUTE, at_second=time())
    _check_words(words)
    _check_kommun(kommunkod)
    team_id = uuid5(NAMESPACE_URL, f"hlt:team:{kommunkod}:{words.name}")
    with regional_change(RegionEvent.TEAM_SAVED, about=team_id, by=by):
        row = _team(team_id, kommunkod, words.name, version)
        row.age_span, row.phone, row.email = words.age_span, words.phone, words.email
        row.areas, row.meets_every, row.professions = list(words.areas), words.meets_every, sorted(words.covered)
        row.version = version + 1
        _check_lengths(row)
        row.save(using=ALIAS, force_insert=version == 0)
    return team_id


def share_item(new: NewItem, *, by: Actor) -> UUID:
    """Write a draft with its files.

    Raises IdentifyingContent, FileNotTaken, FileNameTooLong, Invalid (too long, or nobody can see it), NotAllowed.
    """
    check_may(by, Permission.LIBRARY_CONTRIBUTE, at_second=time())
    item = LibraryItem(id=uuid4(), slug=new.slug, state=ItemState.DRAFT)
    files = _written(item, new)
    with regional_change(RegionEvent.RESOURCE_SAVED, about=item.id, by=by):
        item.save(using=ALIAS, force_insert=True)
        _add_files(item, files)
    return item.id


def change_draft(*, item: UUID, new: NewItem, version: int, by: Actor) -> None:
    """Write a draft anew, of the version that was read, and add files; slug, kommun, licence and its files stay.

    Raises Stale, FileNameTaken, NotFound, StepNotAllowed (it is no draft), and what `share_item` raises.
    """
    check_may(by, Permission.LIBRARY_CONTRIBUTE, at_second=time())
    with regional_change(RegionEvent.RESOURCE_SAVED, about=item, by=by):
        row = _item_in(item, {ItemState.DRAFT}, version)
        files = _written(row, replace(new, shared_by=row.shared_by, license=row.license))
        if row.files.filter(name__in=[name for name, _ in new.files]).exists():
            raise FileNameTaken
        row.version += 1
        row.save(using=ALIAS)
        _add_files(row, files)


def retire_item(*, item: UUID, version: int, by: Actor) -> None:
    """Take a draft or a published item out of the library; row and files stay, and no page or link gives them.

    Raises Stale (it was changed since it was read), NotFound, StepNotAllowed (it is out already), NotAllowed.
    """
    check_may(by, Permission.LIBRARY_CONTRIBUTE, at_second=time())
    with regional_change(RegionEvent.RESOURCE_RETIRED, about=item, by=by):
        row = _item_in(item, {ItemState.DRAFT, ItemState.PUBLISHED}, version)
        row.state = ItemState.RETIRED
        row.save(using=ALIAS)


def publish_item(*, item: UUID, version: int, review_due: date, by: Actor) -> None:
    """Let every member see a draft as it was read. Raises NotFound, StepNotAllowed (no draft), Stale, NotAllowed."""
    check_may(by, Permission.LIBRARY_CONTRIBUTE, at_second=time())
    with regional_change(RegionEvent.RESOURCE_PUBLISHED, about=item, by=by) as now:
        row = _item_in(item, {ItemState.DRAFT}, version)
        row.state, row.published_at, row.review_due = ItemState.PUBLISHED, now, review_due
        row.save(using=ALIAS)


def _item_in(item: UUID, states: Collection[ItemState], version: int) -> LibraryItem:
    row = LibraryItem.objects.using(ALIAS).select_for_update().filter(id=item).first()
    if row is None:
        raise NotFound
    if row.state not in states:
        raise StepNotAllowed
    if row.version != version:
        raise Stale
    return row


def _written(row: LibraryItem, new: NewItem) -> list[tuple[str, str, bytes]]:
    """Write what somebody shares into a row that is not saved yet; give its files as (name, media type, bytes)."""
    check_visible(title=new.title, summary=new.summary)
    check_text(title=new.title, summary=new.summary, body=new.body, tags=", ".join(new.tags).upper())
    if new.shared_by:
        _check_kommun(new.shared_by)
    row.kind, row.title, row.summary, row.body = new.kind, new.title, new.summary, new.body
    row.tags, row.shared_by, row.license = list(new.tags), new.shared_by, new.license
    _check_lengths(row)
    return [(name, checked_file(name, content), content) for name, content in new.files]


def _check_words(words: TeamWords) -> None:
    check_mailbox(words.email)
    check_text(name=words.name, phone=words.phone, meets_every=words.meets_every, areas=" ".join(words.areas))
    if words.covered - {profession.code for profession in PROFESSIONS}:
        raise Invalid(fields={"covered": "Välj bland teamets yrken."})


def _check_kommun(kommunkod: str) -> None:
    """Raise Invalid for a code the registry does not know: one such row would break every reading of the list."""
    if not is_kommun(kommunkod):
        raise Invalid(fields={"municipality": "Välj en av länets kommuner."})


def _check_lengths(row: TeamEntry | LibraryItem) -> None:
    """Raise Invalid naming what does not fit its column; the text itself is not repeated."""
    empty = [field.name for field in row._meta.fields if getattr(row, field.name) in ([], None)]
    try:
        row.clean_fields(exclude=empty)
    except ValidationError as fault:
        raise Invalid(fields=dict.fromkeys(fault.message_dict, "Texten är för lång eller saknas.")) from None


def _team(team_id: UUID, kommunkod: str, name: str, version: int) -> TeamEntry:
    known = TeamEntry.objects.using(ALIAS).select_for_update().filter(id=team_id).first()
    if (known.version if known else 0) != version:
        raise Stale
    return known or TeamEntry(id=team_id, kommunkod=kommunkod, name=name)


def _add_files(item: LibraryItem, files: Collection[tuple[str, str, bytes]]) -> None:
    for name, media_type, content in files:
        LibraryFile(
            item=item,
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=sha256(content).hexdigest(),
            content=content,
        ).save(using=ALIAS, force_insert=True)
