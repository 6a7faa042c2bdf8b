"""Probes, answered before any host is looked up: a probe's Host is an address, not a kommun (operations §9)."""

from collections.abc import Callable

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse


def is_ready() -> bool:
    """Tell whether the registry answers; Keycloak and the queue may be down without this saying no."""
    try:
        with connections["registry"].cursor() as cursor:
            cursor.execute("SELECT 1 FROM kommun LIMIT 1")
    except DatabaseError:
        return False
    return True


class HealthMiddleware:
    """`/livez` asks the process only, `/readyz` the database too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return HttpResponse("ok", content_type="text/plain")
        if request.path == "/readyz":
            ready = is_ready()
            return HttpResponse("ok" if ready else "not ready", content_type="text/plain", status=200 if ready else 503)
        return self.get_response(request)
