"""What comes in by HTTP is checked in a fixed order, and no answer tells more than it must (regional §12)."""

import time

import orjson
import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from tests.asking import GRAPHQL, JSON, by_token, post
from tests.cast import actor

from hlt_graphql.api import http
from hlt_graphql.api.http import accepted, graphql

SEEN = "{ __typename }"


def get(address: str, **headers: str) -> HttpResponse:
    request = RequestFactory(SERVER_NAME="region.hlt.localhost").get(
        address, headers={"Authorization": "Bearer rut", "Accept": GRAPHQL, **headers}
    )
    return by_token(graphql)(request)


def said(answer: HttpResponse) -> str:
    return str(orjson.loads(answer.content)["errors"][0]["extensions"]["code"])


def test_a_question_is_answered_without_any_cookie(kommuner: None) -> None:
    answer = post({"query": SEEN})
    assert orjson.loads(answer.content)["data"] == {"__typename": "Query"}
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"


def test_no_bearer_is_401_and_says_how(kommuner: None) -> None:
    answer = post({"query": SEEN}, user=None)
    assert (answer.status_code, said(answer)) == (401, "NEEDS_LOGIN")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_signed_in_browser_without_a_token_is_nobody_here(kommuner: None) -> None:
    request = RequestFactory(SERVER_NAME="region.hlt.localhost").post(
        "/graphql", orjson.dumps({"query": SEEN}), content_type=JSON, headers={"Authorization": "Bearer x"}
    )
    request.actor, request.received_at = actor("pia"), time.time()  # type: ignore[attr-defined]
    assert graphql(request).status_code == 401


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "head"])
def test_only_get_and_post(kommuner: None, method: str) -> None:
    answer = by_token(graphql)(getattr(RequestFactory(SERVER_NAME="region.hlt.localhost"), method)("/graphql"))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    "media", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""]
)
def test_what_a_form_of_another_site_can_send_is_refused(kommuner: None, media: str) -> None:
    answer = post(b'{"query": "{ __typename }"}', media=media)
    assert (answer.status_code, said(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_from_another_site_is_refused(kommuner: None, site: str) -> None:
    assert post({"query": SEEN}, **{"Sec-Fetch-Site": site}).status_code == 403
    assert get("/graphql?query={__typename}", **{"Sec-Fetch-Site": site}).status_code == 403
    assert get("/graphql?query={__typename}", **{"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_a_change_is_never_made_by_get(kommuner: None) -> None:
    answer = get("/graphql?query=mutation{withdrawRelease(input:{release:%22x%22,reason:%22y%22}){release{seq}}}")
    assert (answer.status_code, said(answer)) == (405, "MUTATION_BY_GET")


def test_an_operation_that_the_schema_has_not_is_a_fault_of_the_document_and_not_ours(kommuner: None) -> None:
    answer = post({"query": "subscription { __typename }"})
    assert (answer.status_code, said(answer)) == (400, "GRAPHQL_VALIDATION_FAILED")


def test_a_question_in_the_address_of_a_post_is_not_read(kommuner: None) -> None:
    request = RequestFactory(SERVER_NAME="region.hlt.localhost").post(
        "/graphql?query={__typename}", b"{}", content_type=JSON, headers={"Authorization": "Bearer rut"}
    )
    assert by_token(graphql)(request).status_code == 400


@pytest.mark.parametrize(
    "body", [b"[]", b"null", b"{", b'{"query": 1}', b'[{"query": "{a}"}]', b'{"query": "{a}", "more": 1}']
)
def test_what_is_no_operation_is_400(kommuner: None, body: bytes) -> None:
    assert post(body).status_code == 400


def test_a_body_of_more_than_64_kib_is_refused_before_it_is_read(kommuner: None) -> None:
    answer = post({"query": SEEN, "variables": {"a": "x" * 70_000}})
    assert (answer.status_code, said(answer)) == (413, "TOO_LARGE")


def test_a_body_that_lies_about_its_length_is_read_to_the_limit_only(kommuner: None) -> None:
    request = RequestFactory(SERVER_NAME="region.hlt.localhost").post(
        "/graphql", b"x" * 70_000, content_type=JSON, headers={"Authorization": "Bearer rut"}
    )
    request.META["CONTENT_LENGTH"] = ""
    assert by_token(graphql)(request).status_code == 413


@pytest.mark.parametrize("place", ["query", "variables"])
def test_a_nul_byte_goes_no_further(kommuner: None, place: str) -> None:
    asked = {"query": "{ __typename }", "variables": {}}
    asked[place] = {"deep": [{"a\x00": 1}]} if place == "variables" else "{ __typename } #\x00"
    assert post(asked).status_code == 400


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, JSON),
        ("*/*", JSON),
        (GRAPHQL, GRAPHQL),
        (f"{JSON}, {GRAPHQL};q=0.9", JSON),
        (f"{JSON};q=0.5, {GRAPHQL};q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0, {JSON}", JSON),
        ("text/html, application/*;q=0.1", JSON),
    ],
)
def test_the_best_accepted_form_is_chosen(header: str | None, expected: str) -> None:
    assert accepted(header) == expected


@pytest.mark.parametrize("header", ["text/html", f"{JSON};q=0", f"{JSON};q=much"])
def test_who_accepts_neither_form_gets_406(kommuner: None, header: str) -> None:
    assert post({"query": SEEN}, Accept=header).status_code == 406


def test_our_own_view_stands_alone_and_stays_short() -> None:
    from pathlib import Path

    lines = Path(http.__file__).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 200


@pytest.mark.parametrize("levels", [30, 1_000])
def test_what_nests_without_end_is_refused_and_nothing_falls_over(kommuner: None, levels: int) -> None:
    body = b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * levels + b"]" * levels + b"}}"
    answer = post(body)
    assert (answer.status_code, said(answer)) == (400, "BAD_REQUEST")
