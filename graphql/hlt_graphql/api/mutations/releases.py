"""What publishers do: each calls one action of `releases`."""

from typing import Any
from uuid import UUID

import graphene

from hlt_graphql.api.fields import Open, said
from hlt_graphql.api.scalars import Digest, Uuid
from hlt_graphql.api.types.figures import Release
from hlt_graphql.releases.actions import approve_release, publish_release, withdraw_release
from hlt_graphql.releases.reads import release_of
from hlt_identity.roles import Permission


class ApproveReleaseInput(graphene.InputObjectType):
    """Which candidate, as it was when it was looked at."""

    candidate = Uuid(required=True, description="The candidate's id.")
    expected_digest = Digest(required=True, description="The digest that was looked at.")


class PublishReleaseInput(graphene.InputObjectType):
    """Which approved candidate, as it was when it was looked at."""

    candidate = Uuid(required=True, description="The candidate's id.")
    expected_digest = Digest(required=True, description="The digest that was looked at.")


class WithdrawReleaseInput(graphene.InputObjectType):
    """Which release, and why."""

    release = Uuid(required=True, description="The release's id.")
    reason = graphene.String(required=True, description="Why, as everybody may read it.")


class ApproveReleasePayload(graphene.ObjectType):
    """The candidate that is now approved."""

    candidate = said(Uuid, "The candidate's id.", resolver=lambda root, info: root)


class ReleasePayload(graphene.ObjectType):
    """The release as it now stands."""

    release = said(Release, "The release.", resolver=lambda root, info: root)


def approve(root: Any, info: Any, wanted: Any) -> UUID:
    candidate = UUID(wanted.candidate)
    approve_release(candidate=candidate, expected_digest=wanted.expected_digest, by=info.context.actor)
    return candidate


def publish(root: Any, info: Any, wanted: Any) -> Any:
    made = publish_release(
        candidate=UUID(wanted.candidate), expected_digest=wanted.expected_digest, by=info.context.actor
    )
    return release_of(made)


def withdraw(root: Any, info: Any, wanted: Any) -> Any:
    withdraw_release(release=UUID(wanted.release), reason=wanted.reason, by=info.context.actor)
    return release_of(UUID(wanted.release))


def taking(input_type: Any) -> graphene.Argument:
    return graphene.Argument(input_type, name="input", required=True, description="What is asked for.")


class ReleaseMutations:
    """Fields of Mutation."""

    approve_release = Open(
        ApproveReleasePayload,
        needs=Permission.RELEASE_APPROVE,
        description="The second person approves; the first is the one who asked for the build.",
        resolver=approve,
        wanted=taking(ApproveReleaseInput),
    )
    publish_release = Open(
        ReleasePayload,
        needs=Permission.RELEASE_APPROVE,
        description="Signs an approved candidate and makes it the next link of the chain.",
        resolver=publish,
        wanted=taking(PublishReleaseInput),
    )
    withdraw_release = Open(
        ReleasePayload,
        needs=Permission.RELEASE_APPROVE,
        description="Hides the values of a release; what was seen stays in every later attack.",
        resolver=withdraw,
        wanted=taking(WithdrawReleaseInput),
    )
