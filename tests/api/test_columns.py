"""A table answered column by column is the same to the byte as one walked cell by cell (regional §13)."""

from dataclasses import dataclass, replace
from typing import Any

import graphene
import orjson
import pytest
from graphql import GraphQLScalarType
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.cast import actor
from tests.figures_made import released

from hlt_graphql.api.fast import Columnar, ColumnContext, Leaves, leaves
from hlt_graphql.api.rows import COLUMNS, SHARED
from hlt_graphql.api.run import Asked, run
from hlt_graphql.api.schema import Asker, built, endpoint
from hlt_graphql.api.types.figures import Cell

TYPES = built().graphql_schema.type_map
CELL = TYPES["Cell"].fields
LEAVES = ["id", "period", "value", "status", "low", "high", "note", "why", "__typename"]
OBJECTS = {
    "municipality": "code name area { code }",
    "area": "code name",
    "sex": "code label",
    "release": "seq digest coverage { expected missing { code } }",
    "shownAt": "id value sentence placeName",
}
WHERE = [
    ("REGION", "YEAR", "2025", ""),
    ("AREA", "QUARTER", "2025-Q3", ""),
    ("MUNICIPALITY", "YEAR", "2025", ""),
    ("MUNICIPALITY", "BLOCK", "2021/2023", ""),
    ("REGION", "YEAR", "2025", "groupBy: [SEX]"),
    ("MUNICIPALITY", "YEAR", "2025", 'municipalities: ["2462", "2480"]'),
]


@pytest.fixture(autouse=True)
def chain(kommuner: None) -> None:
    released()


def written(name: str, alias: str, condition: str) -> str:
    inner = f" {{ {OBJECTS[name]} }}" if name in OBJECTS else ""
    return f"{alias}{name}{condition}{inner}"


FIELD = st.builds(
    written,
    st.sampled_from([*LEAVES, *OBJECTS]),
    st.just(""),
    st.sampled_from(["", " @include(if: true)", " @skip(if: false)", " @skip(if: $yes)", " @include(if: $yes)"]),
)
ALIASED = st.builds(
    lambda number, name: written(name, f"a{number}: ", ""),
    st.integers(0, 3),
    st.sampled_from(["period", "value", "id"]),
)
PART: SearchStrategy[str] = st.one_of(
    FIELD,
    st.lists(FIELD, min_size=1, max_size=3).map(lambda fields: f"... on Cell {{ {' '.join(fields)} }}"),
    st.just("...shared"),
)
SELECTION = st.lists(PART, min_size=1, max_size=8).map(" ".join)
ALL_COLUMNS = "id place period coordinates value status low high"


def asked(selection: str, where: tuple[str, str, str, str]) -> Asked:
    place, period, when, more = where
    chosen = f'indicator: "I03", place: {place}, period: {period}, from: "{when}", to: "{when}" {more}'
    query = (
        f"query ($yes: Boolean!) {{ table(input: {{{chosen}}}) {{ cellCount @include(if: $yes) "
        f"cells {{ {selection} ...shared }} "
        f"columns {{ {ALL_COLUMNS} }} }} }} fragment shared on Cell {{ value municipality {{ code }} }}"
    )
    return Asked(query, {"yes": True})


def both(question: Asked) -> tuple[bytes, bytes]:
    context = Asker(actor("rut"), actor("rut").auth_time, "http://region.hlt.localhost/")
    ways = (endpoint(), replace(endpoint(), execution=None))
    quick, slow = (orjson.dumps(run(question, way, context).payload) for way in ways)
    return quick, slow


@settings(max_examples=200, deadline=None)
@given(SELECTION, st.sampled_from(WHERE))
def test_any_selection_gives_the_same_bytes(selection: str, where: tuple[str, str, str, str]) -> None:
    quick, slow = both(asked(selection, where))
    assert quick == slow
    assert b'"errors"' not in quick


@settings(max_examples=60, deadline=None)
@given(st.lists(ALIASED, min_size=1, max_size=4).map(" ".join), st.sampled_from(WHERE))
def test_aliases_give_the_same_bytes_and_the_same_refusal_when_they_clash(
    selection: str, where: tuple[str, str, str, str]
) -> None:
    quick, slow = both(asked(selection, where))
    assert quick == slow


def test_a_column_is_a_scalar_without_arguments_and_a_shared_field_is_one_of_the_cell() -> None:
    of_cell = {name for name in COLUMNS if name not in ("place", "coordinates")}
    assert of_cell | set(SHARED) <= set(CELL)
    assert not [name for name in CELL if CELL[name].args]
    assert of_cell & set(SHARED) == set()


def test_the_table_of_production_goes_the_quick_way() -> None:
    assert endpoint().execution is ColumnContext
    assert Cell._meta.name == "Cell"


@dataclass(frozen=True, slots=True)
class Thing:
    number: int


class Thing_(graphene.ObjectType):  # type: ignore[misc]
    """A row of the planted table."""

    number = graphene.Int(required=True)
    twice = graphene.Int()
    broken = graphene.Int()

    def resolve_twice(root: Any, info: Any) -> int:
        return int(root.number) * 2

    def resolve_broken(root: Any, info: Any) -> int:
        if root.number == 2:
            raise ValueError("two")
        return int(root.number)


class Things(Columnar):
    """A table of which one row has a null where none may be."""

    def __init__(self, numbers: list[int | None]) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: Any) -> Any:
        return Thing(self.numbers[index])

    def column(self, field: str) -> list[Any] | None:
        return list(self.numbers) if field == "number" else None

    def sharing(self, field: str) -> None:
        return None


class Question(graphene.ObjectType):  # type: ignore[misc]
    good = graphene.List(graphene.NonNull(Thing_), resolver=lambda root, info: Things([1, 2, 3]))
    bad = graphene.List(Thing_, resolver=lambda root, info: Things([1, None, 3]))
    worse = graphene.List(graphene.NonNull(Thing_), resolver=lambda root, info: Things([1, None, 3]))
    numbers = graphene.List(graphene.Int, resolver=lambda root, info: Leaves([1, None, 1]))
    whole = graphene.List(graphene.NonNull(graphene.Int), resolver=lambda root, info: Leaves([1, None]))
    large = graphene.List(graphene.Int, resolver=lambda root, info: Leaves([1, 2**40]))


@pytest.mark.parametrize(
    "query",
    [
        "{ good { number twice } }",
        "{ good { number broken } }",
        "{ bad { number } }",
        "{ bad { twice number } }",
        "{ worse { number } }",
        "{ numbers }",
        "{ whole }",
        "{ large }",
        "{ good { broken } worse { number } whole }",
    ],
)
def test_errors_and_nulls_are_told_as_the_ordinary_way_tells_them(query: str) -> None:
    schema = graphene.Schema(query=Question)
    quick = schema.execute(query, execution_context_class=ColumnContext)
    slow = schema.execute(query)
    assert quick.formatted == slow.formatted


def test_each_distinct_value_is_serialised_once() -> None:
    seen: list[Any] = []

    def serialize(value: Any) -> Any:
        seen.append(value)
        return value

    kind = GraphQLScalarType("Counted", serialize=serialize)
    assert leaves(kind, [1, 2, 1, None, 2]) == [1, 2, 1, None, 2]
    assert sorted(seen) == [1, 2]
