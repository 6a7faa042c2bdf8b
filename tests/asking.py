"""Asking the API as a member of the cast: by Django's own client, or over HTTP."""

import time
from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from tests.cast import actor

from hlt_graphql.api.http import graphql

JSON = "application/json"
GRAPHQL = "application/graphql-response+json"
TABLE = """query ($input: TableInput!) { table(input: $input) { asOf { seq period } cells {
  municipality { code } area { code } period sex { code label } value status low high note why
  shownAt { value sentence } release { period coverage { expected reported missing { code } } } } } }"""


def at_the_region(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take a request to a bare port as one to the region's host, without settings that other tests would see."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.META["HTTP_HOST"] = "region.hlt.localhost"
        request.urlconf = "hlt_platform.urls_region"
        return get_response(request)

    return middleware


def by_token(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stand where the bearer check stands in production: the token is a user of the cast."""

    def middleware(request: HttpRequest) -> HttpResponse:
        named = request.headers.get("Authorization", "").removeprefix("Bearer ")
        request.received_at = time.time()  # type: ignore[attr-defined]
        request.bearer = actor(named) if named else None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def post(body: object, user: str | None = "rut", media: str = JSON, **headers: str) -> HttpResponse:
    """Send one POST through the view itself, as nobody when `user` is None."""
    sent = {"Authorization": f"Bearer {user}"} if user else {}
    raw = body if isinstance(body, bytes) else orjson.dumps(body)
    request = RequestFactory(SERVER_NAME="region.hlt.localhost").post(
        "/graphql", raw, content_type=media, headers={"Accept": GRAPHQL, **sent, **headers}
    )
    answer: HttpResponse = by_token(graphql)(request)
    return answer


def ask(query: str, variables: dict[str, Any] | None = None, user: str | None = "rut") -> dict[str, Any]:
    """Give the whole answer of one operation."""
    told: dict[str, Any] = orjson.loads(post({"query": query, "variables": variables or {}}, user).content)
    return told


def cells(user: str = "rut", **wanted: Any) -> list[dict[str, Any]]:
    """Give the cells of one table; fail when it was refused."""
    told = ask(TABLE, {"input": {"indicator": "I03", **wanted}}, user)
    assert "errors" not in told, told["errors"]
    found: list[dict[str, Any]] = told["data"]["table"]["cells"]
    return found


def code(query: str, variables: dict[str, Any] | None = None, user: str | None = "rut") -> str:
    """Give the code of the first error."""
    return str(ask(query, variables, user)["errors"][0]["extensions"]["code"])
