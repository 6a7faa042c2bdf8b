"""Documents made to hurt are refused quickly, and say which limit they passed (regional §12)."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.asking import ask, code, post

from hlt_graphql.api.limits import TOKENS, Ruler, Size
from hlt_graphql.api.schema import built


@pytest.fixture(autouse=True)
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Count what measuring a document costs: a step per node that is looked at, not per field that it expands to."""
    taken, part = [0], Ruler._part

    def counted(self: Ruler, node: object, parent: str) -> Size:
        taken[0] += 1
        return part(self, node, parent)

    monkeypatch.setattr(Ruler, "_part", counted)
    yield
    assert taken[0] < 2 * TOKENS


def limit(query: str, variables: dict[str, Any] | None = None, user: str = "rut") -> str:
    """Give the name of the limit that a document passes; how long it took is counted in steps."""
    (error,) = ask(query, variables, user)["errors"]
    assert error["extensions"]["code"] == "OVER_LIMIT"
    return str(error["extensions"]["limit"])


def doubled(levels: int) -> str:
    """Fragments that each spread the next one twice: 2^levels fields in a few hundred bytes."""
    parts = [f"fragment f{n} on Region {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels)]
    return "{ region { ...f0 } } " + " ".join(parts) + f" fragment f{levels} on Region {{ name }}"


def test_2_to_the_18th_fields_in_one_kilobyte(kommuner: None) -> None:
    assert len(doubled(18)) < 1_200
    assert limit(doubled(18)) == "fields"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ region { " + "areas { municipalities { area { " * 3 + "code" + " } } }" * 3 + " } }", "depth"),
        ("{ region { " + " ".join(f"a{n}: name" for n in range(40)) + " } }", "aliases"),
        ("{ " + " ".join(f"a{n}: region {{ name }}" for n in range(16)) + " }", "roots"),
        ("{ region { name " + "@include(if: true) " * 31 + "} }", "directives"),
        ("{ __typename }" + "\n#" * 60, "comments"),
        ("{ __typename }" + " " * 17_000, "source"),
        ("{ region { " + "name " * 600 + "} }", "fields"),
        (
            "{ "
            + " ".join(
                f"r{n}: releases(first: 100) {{ coverage {{ missing {{ area {{ municipalities {{ code }} }} }} }} }}"
                for n in range(3)
            )
            + " }",
            "cost",
        ),
        (
            "mutation { "
            + " ".join(
                f'w{n}: withdrawRelease(input: {{release: "x", reason: "y"}}) {{ release {{ seq }} }}' for n in range(6)
            )
            + " }",
            "roots",
        ),
    ],
    ids=["depth", "aliases", "roots", "directives", "comments", "source", "fields", "cost", "mutations"],
)
def test_a_document_that_is_too_large_is_refused(kommuner: None, document: str, expected: str) -> None:
    assert limit(document) == expected


def test_a_document_of_many_tokens_is_not_parsed_to_its_end(kommuner: None) -> None:
    assert code("{ " + "a " * 1_100 + "}") == "GRAPHQL_PARSE_FAILED"


def test_a_cost_multiplies_through_fragments(kommuner: None) -> None:
    told = "fragment deep on Release { coverage { missing { area { municipalities { code } } } } }"
    asked = "{ a: releases(first: 100) { ...deep } b: releases(first: 100) { ...deep } } " + told
    assert limit(asked) == "cost"


@pytest.mark.parametrize("form", ["variable", "literal", "deep"])
def test_a_long_list_is_refused_wherever_it_stands(kommuner: None, form: str) -> None:
    codes = ["2480"] * 301
    query = "query ($input: TableInput!) { table(input: $input) { cellCount } }"
    if form == "variable":
        assert limit(query, {"input": {"municipalities": codes}}) == "list"
    elif form == "deep":
        assert limit(query, {"input": {"more": [{"municipalities": codes}]}}) == "list"
    else:
        literal = ",".join('"2480"' for _ in range(301))
        assert limit(f'{{ table(input: {{indicator: "I03", municipalities: [{literal}]}}) {{ cellCount }} }}') == "list"


@pytest.mark.parametrize("document", ["fragment f on Query { ...f } { ...f }", "{ ...nowhere }"])
def test_a_fragment_that_eats_itself_is_a_mistake_not_a_crash(kommuner: None, document: str) -> None:
    assert code(document) == "GRAPHQL_VALIDATION_FAILED"


def test_the_cost_is_told(kommuner: None) -> None:
    assert ask("{ region { areas { municipalities { code } } } }")["extensions"]["cost"] == 1 + 4 + 4 * 15


def test_a_members_schema_is_not_shown_and_no_name_is_suggested(kommuner: None) -> None:
    assert code("{ __schema { types { name } } }", user="karin") == "INTROSPECTION_OFF"
    told = str(ask("{ teem { name } }", user="karin"))
    assert "teams" not in told
    assert "Did you mean" not in told


def test_the_standard_introspection_query_passes_for_who_may(kommuner: None) -> None:
    from graphql import build_client_schema, get_introspection_query

    told = ask(get_introspection_query(), user="rut")
    assert set(build_client_schema(told["data"]).type_map) >= set(built().graphql_schema.type_map) - {"__Schema"}


def test_at_most_five_mistakes_are_told(kommuner: None) -> None:
    told = ask("{ " + " ".join(f"no{n}" for n in range(50)) + " }")
    assert len(told["errors"]) <= 6


@pytest.mark.parametrize(
    "query",
    [
        '{ libraryItem(slug: "900101-2385 Elsa") { slug } }',
        "query ($s: Slug!) { libraryItem(slug: $s) { slug } }",
        '{ releases(first: "900101-2385") { seq } }',
    ],
)
def test_a_refusal_never_repeats_the_value_it_refused(kommuner: None, query: str) -> None:
    told = post({"query": query, "variables": {"s": "900101-2385 Elsa"}}).content.decode()
    assert "BAD_VALUE" in told
    assert "900101" not in told


def test_a_fault_of_ours_is_a_number_and_nothing_else(kommuner: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from hlt_graphql.releases import reads

    def broken() -> None:
        raise RuntimeError("db password=hemligt")

    monkeypatch.setattr(reads, "chain", broken)
    told = ask("{ releases { seq } }")
    assert told["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "hemligt" not in str(told)


LINKS = "{ coverage { missing { area { municipalities { code } } } } }"


@pytest.mark.parametrize(
    "paying",
    [
        'p: table(input: {indicator: "I03", from: "2025", to: "2025", maxCells: -900000}) { cellCount }',
        "p: releases(first: -90) " + LINKS,
    ],
)
def test_a_negative_number_pays_for_nothing(kommuner: None, paying: str) -> None:
    assert limit(f"{{ a: releases(first: 100) {LINKS} b: releases(first: 100) {LINKS} {paying} }}") == "cost"


def test_a_default_costs_as_much_as_a_number_that_is_written_out(kommuner: None) -> None:
    asked = f"query ($n: Int = 100) {{ a: releases(first: $n) {LINKS} b: releases(first: $n) {LINKS} }}"
    assert limit(asked) == "cost"
