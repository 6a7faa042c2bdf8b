"""The schema as it is executed and printed, and what its fields cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import graphene
from graphql import print_schema

from hlt_graphql.api.fast import ColumnContext
from hlt_graphql.api.limits import CELLS_A_POINT
from hlt_graphql.api.mutations.releases import ReleaseMutations
from hlt_graphql.api.mutations.teams import TeamMutations
from hlt_graphql.api.queries import Query
from hlt_graphql.api.run import Endpoint
from hlt_identity.door import Actor
from hlt_identity.roles import Permission, may


class Mutation(ReleaseMutations, TeamMutations, graphene.ObjectType):
    """What can be changed: verb first, one input, one payload."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, when (Unix time), and where links lead."""

    actor: Actor
    received_at: float
    base_url: str


TABLE_POINTS, TABLE_CELLS = 50, 5_000
# How many objects a list may hold; a test refuses a list that is not here and takes no `first`.
MOST: dict[str, int] = {
    "Query.indicators": 25,
    "Query.teams": 30,
    "Query.releases": 20,
    "Query.library": 20,
    "Region.areas": 4,
    "Region.municipalities": 15,
    "Area.municipalities": 15,
    "Plan.tables": 20,
    "PlanTable.indicators": 5,
    "Indicator.tables": 20,
    "Coverage.missing": 5,
    "StatTable.cells": 1,  # paid for by the table itself
    "Team.professions": 12,
    "LibraryPage.nodes": 1,  # paid for by the page
    "LibraryItem.files": 3,
}


def weight(parent: str, field: str, arguments: Mapping[str, object]) -> tuple[int, int]:
    """Give (points of the field itself, how often what is inside it counts)."""
    if (parent, field) == ("Query", "table"):
        asked = arguments.get("input")
        cells = asked.get("maxCells") if isinstance(asked, Mapping) else None
        return TABLE_POINTS + (cells if isinstance(cells, int) else TABLE_CELLS) // CELLS_A_POINT, 1
    first = arguments.get("first")
    times = first if isinstance(first, int) else MOST.get(f"{parent}.{field}", 1)
    return times, times


@cache
def built() -> graphene.Schema:
    return graphene.Schema(query=Query, mutation=Mutation)


@cache
def endpoint() -> Endpoint:
    """Give what the view runs: only who builds releases may read the schema from the server."""
    reader = Permission.RELEASE_BUILD
    return Endpoint(built().graphql_schema, weight, lambda asker: may(asker.actor, reader), ColumnContext)


def printed() -> str:
    """Give the SDL as it is committed beside this module; a test compares the two."""
    return print_schema(built().graphql_schema) + "\n"
