"""What a page answers to who must sign in first, or sign in stronger (interface §6, identity §7)."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from hlt_identity.errors import HltError, NeedsLogin, NeedsStrongerLogin
from hlt_identity.login.errors import LoginRefused
from hlt_identity.login.views import SILENT, step_up_url, via_of
from hlt_identity.sessions.rules import Ending
from hlt_identity.sessions.visits import Visit


class AskToSignInMiddleware:
    """Send a page that was only looked at to sign-in; answer 401 to a form or a part of a page, never a redirect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        found: Visit = request.visit  # type: ignore[attr-defined]
        if isinstance(fault, LoginRefused):
            return _asked(request, fault, "/logga-in")
        if isinstance(fault, NeedsStrongerLogin):
            age = fault.data.get("max_age")
            return _asked(request, fault, step_up_url(found, way_back(request), age if isinstance(age, int) else None))
        if not isinstance(fault, NeedsLogin):
            return None
        url = "/uppdrag" if found.must_choose else login_url(found, way_back(request))
        return HttpResponseRedirect(url) if _is_looked_at(request) else _asked(request, fault, url)


def _is_looked_at(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and "HX-Request" not in request.headers


def way_back(request: HttpRequest) -> str:
    """Give the page to come back to: the one looked at, or the one on which the form stood."""
    if _is_looked_at(request):
        return request.get_full_path()
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/"
    return urlsplit(told).path or "/"


def login_url(found: Visit, next_path: str) -> str:
    """Give the sign-in page; a frozen session goes straight to its provider, which as a rule asks nothing."""
    silent = {"via": via_of(found), SILENT: "1"} if found.ending is Ending.FROZEN else {}
    return f"/logga-in?{urlencode({**silent, 'next': next_path})}"


def _asked(request: HttpRequest, refusal: HltError, url: str) -> HttpResponse:
    template = "identity/parts/needs_login.html" if "HX-Request" in request.headers else "identity/needs_login.html"
    answer = render(request, template, {"refusal": refusal, "url": url}, status=refusal.status)
    answer["Cache-Control"] = "no-store"
    return answer
