"""GraphQL over HTTP, our own view: bearer only, no cookie read or set, every check in a fixed order (regional §12)."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from hlt_graphql.api.errors import (
    BadRequest,
    CrossSite,
    NoBearer,
    NotAcceptable,
    TooLarge,
    WrongMediaType,
    WrongMethod,
)
from hlt_graphql.api.run import Asked, Outcome, refused, run
from hlt_graphql.api.schema import Asker, endpoint
from hlt_identity.bearer import challenge
from hlt_identity.door import Actor
from hlt_identity.errors import HltError
from hlt_identity.roles import open_to_all

BODY, NESTED = 64 * 1024, 20
GRAPHQL, JSON = "application/graphql-response+json", "application/json"
SAME_SITE = (None, "same-origin", "none")


@csrf_exempt
@open_to_all("nothing is answered without a bearer token, and every field names its own permission")
def graphql(request: HttpRequest) -> HttpResponse:
    """Answer one operation. `request.bearer` is who the bearer token stands for; a cookie never counts."""
    media = GRAPHQL
    try:
        _check_method(request)
        media = accepted(request.headers.get("Accept"))
        _check_origin(request)
        asker = _asker(request)
        asked = asked_by_get(request) if request.method == "GET" else asked_by_post(request)
    except HltError as refusal:
        return answer(refused(refusal), media, refusal)
    return answer(run(asked, endpoint(), asker), media)


def accepted(header: str | None) -> str:
    """Choose the answer's media type: the best of what is accepted, JSON when nothing or anything is; NotAcceptable."""
    if header is None:
        return JSON
    ranges = [part.strip().lower().split(";") for part in header.split(",") if part.strip()]
    weighed = [(media.strip(), _quality(options)) for media, *options in ranges]
    for media, quality in sorted(weighed, key=lambda pair: -pair[1]):
        if quality and media in (GRAPHQL, JSON):
            return media
        if quality and media in ("*/*", "application/*"):
            return JSON
    raise NotAcceptable


def _quality(options: list[str]) -> float:
    told = [option.strip()[2:] for option in options if option.strip().startswith("q=")]
    try:
        return float(told[0]) if told else 1.0
    except ValueError:
        return 0.0


def _check_method(request: HttpRequest) -> None:
    if request.method not in ("GET", "POST"):
        raise WrongMethod


def _check_origin(request: HttpRequest) -> None:
    """Refuse what another site's page sent: a browser says so itself, and cannot send our own header without asking."""
    site = request.headers.get("Sec-Fetch-Site")
    if site not in SAME_SITE and not request.headers.get("GraphQL-Require-Preflight"):
        raise CrossSite


def _asker(request: HttpRequest) -> Asker:
    """Give who asks; a signed-in browser without a bearer token is nobody here."""
    bearer: Actor | HltError | None = getattr(request, "bearer", None)
    if bearer is None:
        raise NoBearer
    if isinstance(bearer, HltError):
        raise bearer
    return Asker(bearer, request.received_at, request.build_absolute_uri("/"))  # type: ignore[attr-defined]


def asked_by_post(request: HttpRequest) -> Asked:
    """Read a JSON object of at most 64 KiB; raise BadRequest, TooLarge or WrongMediaType."""
    media, _, rest = request.headers.get("Content-Type", "").lower().partition(";")
    charset = rest.replace(" ", "").replace('"', "")
    if media.strip() != JSON or charset not in ("", "charset=utf-8", "charset=utf8"):
        raise WrongMediaType
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY:
        raise TooLarge
    body = request.read(BODY + 1)
    if len(body) > BODY:
        raise TooLarge
    return _asked(_json(body), is_get=False)


def asked_by_get(request: HttpRequest) -> Asked:
    """Read query, variables, operationName and extensions from the address."""
    members: dict[str, Any] = {name: request.GET[name] for name in ("query", "operationName") if name in request.GET}
    for name in ("variables", "extensions"):
        if request.GET.get(name):
            members[name] = _json(request.GET[name].encode())
    return _asked(members, is_get=True)


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BadRequest from None


def _asked(members: Any, *, is_get: bool) -> Asked:
    shapes: Mapping[str, type] = {"query": str, "operationName": str, "variables": dict, "extensions": dict}
    if not isinstance(members, dict) or set(members) - set(shapes):
        raise BadRequest
    for name, shape in shapes.items():
        if members.get(name) is not None and not isinstance(members[name], shape):
            raise BadRequest(member=name)
    if not isinstance(members.get("query"), str) or not _is_readable(members):
        raise BadRequest
    return Asked(members["query"], members.get("variables") or {}, members.get("operationName") or None, is_get)


def _is_readable(value: object, levels: int = NESTED) -> bool:
    """Refuse a NUL byte, which came back as the database's own error text, and what would nest us out of the stack."""
    if isinstance(value, str):
        return "\x00" not in value
    members = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    return levels > 0 and all(_is_readable(member, levels - 1) for member in members)


def answer(outcome: Outcome, media: str, refusal: HltError | None = None) -> HttpResponse:
    """Encode: JSON clients get 200 for what is wrong inside a well-formed request, others the status itself.

    `refusal` is why the request as a whole was turned away.
    """
    as_200 = media == JSON and refusal is None and outcome.status == BadRequest.status
    status = 200 if as_200 else outcome.status
    response = HttpResponse(orjson.dumps(outcome.payload), content_type=f"{media}; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept"
    response["X-Content-Type-Options"] = "nosniff"
    if status == NoBearer.status:
        response["WWW-Authenticate"] = challenge(None if isinstance(refusal, NoBearer) else refusal)
    if status == WrongMethod.status:
        response["Allow"] = "GET, POST"
    return response
