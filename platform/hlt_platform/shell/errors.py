"""A refusal or fault as a page: what happened and what to do next, with the status that belongs to it (style §7)."""

import logging
from collections.abc import Callable
from secrets import token_hex

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hlt_identity.errors import HltError, NotFound, _

log = logging.getLogger("hlt.errors")


class Unreadable(HltError):
    """The browser sent what no page of ours sends."""

    code = "UNREADABLE"
    status = 400
    sentence = _("Vi kunde inte läsa det som skickades.")
    next_step = _("Gå tillbaka, ladda om sidan och försök igen.")


class Forged(HltError):
    """A form without the token of this page, or from another site."""

    code = "FORGED"
    status = 403
    sentence = _("Formuläret gick inte att ta emot.")
    next_step = _("Gå tillbaka, ladda om sidan och skicka igen. Det händer om sidan legat öppen länge.")


class Fault(HltError):
    """Something of ours broke; the number is what one reads to the support."""

    sentence = _("Något gick fel hos oss.")
    next_step = _("Försök igen om en stund.")


def page(request: HttpRequest, refusal: HltError, incident: str = "") -> HttpResponse:
    """Show the sentence and the next step, nothing of `data`, and let nobody keep the answer.

    A part of a page that htmx asked for gets a part back, never a second page inside the first.
    """
    known = {"refusal": refusal, "incident": incident}
    template = "shell/parts/refusal.html" if getattr(request, "htmx", False) else "shell/error.html"
    answer = render(request, template, known, status=refusal.status)
    answer["Cache-Control"] = "no-store"
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an unknown address as a view that refuses to know of something: the same bytes."""
    return page(request, NotFound())


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, Unreadable())


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(request, Forged())


def broken(request: HttpRequest) -> HttpResponse:
    """Show a number and nothing of the fault; the log has the same number beside the fault."""
    incident = token_hex(4)
    log.error("incident %s", incident, exc_info=True)
    return page(request, Fault(), incident)


class RefusalMiddleware:
    """Turn an HltError that a view raised into its page; every other fault stays a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        return page(request, fault) if isinstance(fault, HltError) else None
