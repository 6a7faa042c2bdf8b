"""A browser of Django's own client, signed in as a member of the cast at one host, through the whole middleware."""

from django.http import HttpResponse
from django.test import Client, override_settings
from tests.served import COOKIE, chain

SLUGS = {"2481": "lycksele", "2480": "umea", "2404": "vindeln", None: "region"}


class Visit:
    """One person at one host: opens pages and presses buttons as a browser without JavaScript does."""

    def __init__(self, user: str | None, kommun: str | None) -> None:
        self.client = Client(
            raise_request_exception=True,
            headers={"Host": f"{SLUGS[kommun]}.hlt.localhost", "Sec-Fetch-Site": "same-origin"},
        )
        with override_settings(MIDDLEWARE=chain()):
            self.client.handler.load_middleware()
        if user:
            self.client.cookies[COOKIE] = user

    def get(self, address: str) -> HttpResponse:
        return self.client.get(address)  # type: ignore[return-value]

    def post(self, address: str, sent: dict[str, object] | None = None, *, part: bool = False) -> HttpResponse:
        """Send a form; `part` = as htmx does."""
        headers = {"HX-Request": "true"} if part else {}
        return self.client.post(address, sent or {}, headers=headers)  # type: ignore[return-value]


def visit(user: str | None, kommun: str | None = "2481") -> Visit:
    """Give a member of the cast (None = a stranger) at a kommun's host, or at the region's for None."""
    return Visit(user, kommun)


def text(answer: HttpResponse) -> str:
    return answer.content.decode()
