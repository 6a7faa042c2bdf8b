"""Lets the region's pages ask the API without a network: same limits, same masks, same permissions."""

from collections.abc import Mapping
from typing import Any

from hlt_graphql.api.run import Asked, run
from hlt_graphql.api.schema import Asker, endpoint
from hlt_graphql.pages.requests import RegionRequest


def ask(request: RegionRequest, query: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Run one operation as who is signed in; the page has asked for its own permission before."""
    asker = Asker(request.actor, request.received_at, request.build_absolute_uri("/"))
    return run(Asked(query, variables), endpoint(), asker).payload
