"""A served endpoint over real HTTP, for those who come by the network."""

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Keep the test's output to the test."""


@pytest.fixture(scope="session")
def address(kommuner: None) -> Iterator[str]:
    """The API on a free port; the bearer check is tested elsewhere, here a token is a user of the cast."""
    with override_settings(MIDDLEWARE=["tests.asking.at_the_region", "tests.asking.by_token"]):
        handler = WSGIHandler()
    with make_server("127.0.0.1", 0, handler, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/graphql"
        server.shutdown()
        thread.join()
