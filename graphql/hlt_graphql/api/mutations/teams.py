"""The team directory, kept by contributors."""

from typing import Any
from uuid import UUID

import graphene

from hlt_graphql.api.fields import Open, said
from hlt_graphql.api.mutations.releases import taking
from hlt_graphql.api.scalars import MunicipalityCode, Uuid
from hlt_graphql.resources.actions import TeamWords, save_team
from hlt_identity.roles import Permission


class SaveTeamInput(graphene.InputObjectType):
    """A team as others may reach it."""

    municipality = MunicipalityCode(required=True, description="Its kommun.")
    version = graphene.Int(required=True, description="0 for a new team, else the version that was read.")
    name = graphene.String(required=True, description="The team's name.")
    age_span = graphene.String(required=True, description="Such as 0–16.")
    phone = graphene.String(required=True, description="A function's number; may be empty.")
    email = graphene.String(required=True, description="A function's mailbox; may be empty.")
    areas = graphene.List(graphene.NonNull(graphene.String), required=True, description="Places it serves.")
    meets_every = graphene.String(required=True, description="When the team meets.")
    covered = graphene.List(
        graphene.NonNull(graphene.String), required=True, description="Codes of the professions that are filled."
    )


class SaveTeamPayload(graphene.ObjectType):
    """The team that was saved."""

    team = said(Uuid, "The team's id.", resolver=lambda root, info: root)


def save(root: Any, info: Any, wanted: Any) -> UUID:
    words = TeamWords(
        wanted.name,
        wanted.age_span,
        wanted.phone,
        wanted.email,
        tuple(wanted.areas),
        wanted.meets_every,
        frozenset(wanted.covered),
    )
    return save_team(kommunkod=wanted.municipality, words=words, version=wanted.version, by=info.context.actor)


class TeamMutations:
    """Fields of Mutation."""

    save_team = Open(
        SaveTeamPayload,
        needs=Permission.LIBRARY_CONTRIBUTE,
        description="Writes a team's contact; a person's name or number is refused.",
        resolver=save,
        wanted=taking(SaveTeamInput),
    )
