"""A refusal as a page: what happened and what to do next, with the status that belongs to it (style §7)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hlt_identity.errors import HltError, NotFound


def page(request: HttpRequest, refusal: HltError) -> HttpResponse:
    """Show the sentence and the next step, nothing of `data`, and let nobody keep the answer."""
    answer = render(request, "platform/refusal.html", {"refusal": refusal}, status=refusal.status)
    answer["Cache-Control"] = "no-store"
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an unknown address as a view that refuses to know of something: the same bytes."""
    return page(request, NotFound())


class RefusalMiddleware:
    """Turn an HltError that a view raised into its page; every other fault stays a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return page(request, fault) if isinstance(fault, HltError) else None
