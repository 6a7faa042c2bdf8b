"""Team directory and library: functions and material, never a person."""

from typing import Any

import graphene

from hlt_graphql.api.fields import listed, said
from hlt_graphql.api.scalars import Cursor, Digest, Slug, Uuid
from hlt_graphql.api.types.places import Municipality
from hlt_graphql.releases import places
from hlt_graphql.resources.reads import file_token


def municipality_of(root: Any, info: Any) -> Any:
    return places.municipality(root.kommunkod)


class TeamProfession(graphene.ObjectType):
    """A profession that a team should have."""

    code = said(graphene.String, "Its code.", resolver=lambda root, info: root[0].code)
    label = said(graphene.String, "Its Swedish name.", resolver=lambda root, info: root[0].label)
    sector = said(graphene.String, "SCHOOL, SOCIAL or HEALTH.", resolver=lambda root, info: root[0].sector)
    covered = said(graphene.Boolean, "Filled or vacant, not how many.", resolver=lambda root, info: root[1])


class Team(graphene.ObjectType):
    """How to reach a kommun's team: function contacts only."""

    id = said(Uuid, "The team's id.", resolver=lambda root, info: root.team_id)
    name = said(graphene.String, "The team's name.")
    municipality = said(Municipality, "Its kommun.", resolver=municipality_of)
    age_span = said(graphene.String, "Such as 0–16.")
    phone = said(graphene.String, "A function's number; may be empty.")
    email = said(graphene.String, "A function's mailbox; may be empty.")
    areas = said(listed(graphene.String), "Places it serves; at most 20.")
    meets_every = said(graphene.String, "When the team meets; may be empty.")
    professions = said(listed(TeamProfession), "The twelve professions.", resolver=lambda root, info: root.covered)
    version = said(graphene.Int, "What saveTeam needs to see that nobody saved in between.")


class LibraryFile(graphene.ObjectType):
    """A file of an item."""

    id = said(Uuid, "The file's id.", resolver=lambda root, info: root.file_id)
    name = said(graphene.String, "Its name.")
    media_type = said(graphene.String, "What its bytes are.")
    bytes = said(graphene.Int, "Its size.", resolver=lambda root, info: root.size)
    sha256 = said(Digest, "SHA-256 of its bytes.")
    download_url = said(
        graphene.String,
        "A signed link that holds for five minutes.",
        resolver=lambda root, info: f"{info.context.base_url}bibliotek/filer/{file_token(root.file_id)}",
    )


class LibraryItem(graphene.ObjectType):
    """Working material that one kommun shares and all may use."""

    id = said(Uuid, "The item's id.", resolver=lambda root, info: root.item_id)
    slug = said(Slug, "Its name in addresses.")
    kind = said(graphene.String, "METHOD, GUIDE, FORM or LETTER.")
    title = said(graphene.String, "Its title.")
    summary = said(graphene.String, "What it is for.")
    body = said(graphene.String, "CommonMark; may be empty.")
    tags = said(listed(graphene.String), "At most 20 tags.")
    shared_by = said(
        Municipality,
        "The kommun that shared it; null = the region.",
        required=False,
        resolver=lambda root, info: places.municipality(root.shared_by) if root.shared_by else None,
    )
    license = said(graphene.String, "How it may be used.")
    version = said(graphene.Int, "Rises with each new text.")
    published_at = said(graphene.DateTime, "When it was published.")
    review_due = said(graphene.Date, "When somebody looks it over again.", required=False)
    files = said(listed(LibraryFile), "Its files; at most 10.")


class LibraryPage(graphene.ObjectType):
    """Some of the library, newest first."""

    nodes = said(listed(LibraryItem), "At most `first` items.", resolver=lambda root, info: root.items)
    end_cursor = said(Cursor, "Ask again with it as `after`.", required=False)
    has_next_page = said(graphene.Boolean, "There are more.", resolver=lambda root, info: root.has_next)
