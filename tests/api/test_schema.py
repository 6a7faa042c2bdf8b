"""Totality: every field says who may use it and what it means, every list has an end (style §6 A8, regional §11.7)."""

from pathlib import Path

import graphene
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
)

from hlt_graphql.api.fields import Open
from hlt_graphql.api.queries import Query
from hlt_graphql.api.schema import MOST, Mutation, built, printed
from hlt_identity.roles import Permission

SCHEMA = built().graphql_schema
FILE = Path(__file__).resolve().parents[2] / "graphql/hlt_graphql/api/schema.graphql"
ROOTS = [(root.__name__, name, field) for root in (Query, Mutation) for name, field in root._meta.fields.items()]
OURS = [known for name, known in SCHEMA.type_map.items() if not name.startswith("__")]
OBJECTS = [known for known in OURS if isinstance(known, GraphQLObjectType)]
FIELDS = [(known.name, name, field) for known in OBJECTS for name, field in known.fields.items()]
SCALAR_LISTS = {"Viewer.permissions", "PlanTable.groupBy", "Release.attackedFrom", "Team.areas", "LibraryItem.tags"}


def undeclared(fields: list[tuple[str, str, graphene.Field]]) -> list[str]:
    """Give the root fields that do not say who may use them."""
    return [
        f"{root}.{name}" for root, name, field in fields if not isinstance(getattr(field, "needs", None), Permission)
    ]


def test_every_root_field_names_its_permission() -> None:
    assert all(isinstance(field, Open) for _root, _name, field in ROOTS)
    assert undeclared(ROOTS) == []


def test_a_root_field_without_a_permission_is_seen() -> None:
    assert undeclared([("Query", "open", graphene.Field(graphene.String))]) == ["Query.open"]


def test_every_mutation_takes_one_input() -> None:
    mutation = SCHEMA.mutation_type
    assert mutation is not None
    assert all(list(field.args) == ["input"] for field in mutation.fields.values())


@pytest.mark.parametrize(("parent", "name", "field"), FIELDS, ids=[f"{p}.{n}" for p, n, _f in FIELDS])
def test_every_field_and_argument_is_explained(parent: str, name: str, field: GraphQLField) -> None:
    assert (field.description or "").endswith(".")
    assert all((argument.description or "").endswith(".") for argument in field.args.values())


@pytest.mark.parametrize("known", OURS, ids=lambda known: known.name)
def test_every_type_and_member_is_explained(known: object) -> None:
    described = [known]
    if isinstance(known, GraphQLEnumType):
        described += known.values.values()
    if isinstance(known, GraphQLInputObjectType):
        described += known.fields.values()
    if getattr(known, "name", "") not in {"Int", "String", "Boolean", "ID", "DateTime", "Date"}:
        assert all((one.description or "").rstrip().endswith(".") for one in described)  # type: ignore[attr-defined]


def is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList)


def test_every_list_of_objects_has_an_end_that_its_cost_knows() -> None:
    lists = {
        f"{parent}.{name}" for parent, name, field in FIELDS if is_list(field) and not parent.startswith("CellCol")
    }
    assert lists - SCALAR_LISTS <= set(MOST)


def test_no_type_can_carry_a_person() -> None:
    words = {
        "person",
        "child",
        "guardian",
        "personnummer",
        "firstName",
        "lastName",
        "birthDate",
        "caseNumber",
        "_debug",
    }
    assert not {name for _parent, name, _field in FIELDS} & words


def test_the_committed_schema_is_the_one_that_runs() -> None:
    assert FILE.read_text(encoding="utf-8") == printed()
