"""All hosts of HLT on one free port, with the whole chain of middleware, on the tests' own database."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from tests.cast import actor

from hlt_identity.sessions.rules import IDLE
from hlt_platform.demo.people import CAST
from hlt_platform.wiring.signing_in import where_of
from hlt_tenants.registry.context import inside

COOKIE = "cast"  # stands where a session stands in production: the user name of a member of the cast


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Keep the test's output to the test."""


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Close what this thread opened: Django keeps a connection per thread, and this thread ends."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


def wears_a_hat(user: str, kommun: str | None) -> bool:
    """Tell what the door would: whether this person has a live hat on this host."""
    return any(hat.kommun == kommun and not hat.ended for player in CAST if player.user == user for hat in player.hats)


def by_cookie(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stand where sign-in stands in production: put the actor on the request and enter the kommun as the branch."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.COOKIES.get(COOKIE)
        if user is None:
            return get_response(request)
        kommun = request.kommun.kommunkod if request.kommun else None  # type: ignore[attr-defined]
        if not wears_a_hat(user, kommun):
            return get_response(request)
        request.actor = actor(user, kommun)  # type: ignore[attr-defined]
        request.session_ends_at = request.received_at + IDLE.total_seconds()  # type: ignore[attr-defined]
        where = where_of(request.actor)  # type: ignore[attr-defined]
        with nullcontext() if where is None else inside(where):
            return get_response(request)

    return middleware


def chain() -> list[str]:
    """Give the middleware of production with the cast's cookie right after sign-in, whose word it replaces."""
    names = list(settings.MIDDLEWARE)
    after = names.index("hlt_platform.wiring.signing_in.SignInMiddleware") + 1
    return [*names[:after], "tests.served.by_cookie", *names[after:]]


@contextmanager
def served(port: int = 0, *, is_real: bool = False) -> Iterator[int]:
    """Serve until the block ends; give the port (0 = a free one). `is_real`: by the sign-in of production alone."""
    with override_settings(MIDDLEWARE=list(settings.MIDDLEWARE) if is_real else chain()):
        handler = WSGIHandler()
    with make_server("127.0.0.1", port, handler, server_class=Threaded, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
