"""The one way from a page to a figure: the same operation, limits and masks as over the network (regional §2)."""

from collections.abc import Mapping
from typing import Any, Protocol

from hlt_graphql.pages.errors import AnswerRefused
from hlt_graphql.pages.requests import RegionRequest

PLAN = """{ plan { method tables { code place period groupBy indicators { code } } }
  indicators { code name definition definitionVersion unit }
  releases(first: 60) { id seq kind period withdrawnBecause publishedAt digest coverage { expected reported } } }"""
TABLE = """query ($input: TableInput!) { table(input: $input) { cells { municipality { code name } area { code name }
  period sex { label } value status low high why shownAt { value sentence } release { seq publishedAt } } } }"""


class Ask(Protocol):
    """Run one operation for who sent the request; gives GraphQL's own answer (`data`, `errors`)."""

    def __call__(self, request: RegionRequest, query: str, variables: Mapping[str, Any]) -> Mapping[str, Any]: ...


def data_of(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the data; raise AnswerRefused with the first refusal's own words."""
    for refusal in payload.get("errors", ()):
        raise AnswerRefused(refusal["message"], refusal["extensions"].get("nextStep", ""))
    data: Mapping[str, Any] = payload["data"]
    return data
