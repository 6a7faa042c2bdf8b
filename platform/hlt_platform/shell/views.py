"""Pages that belong to no subject: the front door, help, the accessibility statement, a fault report, the CSP's."""

import logging
from collections.abc import Callable

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hlt_identity.roles import open_to_all
from hlt_platform.shell.fault import FaultForm, send
from hlt_platform.shell.policy import DIRECTIVES

log = logging.getLogger("hlt.csp")
REPORT_BYTES = 8_192
View = Callable[[HttpRequest], HttpResponse]


@open_to_all("names the kommun and nothing else")
def welcome(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/welcome.html")


def front(signed_in: Callable[..., HttpResponse]) -> View:
    """Give the view of `/`: the welcome for everybody, and the given start page for who is signed in."""

    @open_to_all("chooses between the welcome and a start page that asks for its own permission")
    def view(request: HttpRequest) -> HttpResponse:
        return welcome(request) if getattr(request, "actor", None) is None else signed_in(request)

    view.behind = signed_in  # type: ignore[attr-defined]  # who walks the pages must find this one too
    return view


@open_to_all("says how to get help and names nobody")
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/help.html")


@open_to_all("the law asks that everybody can read it")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "shell/accessibility.html")


@open_to_all("who cannot use a page must be able to say so")
def fault_report(request: HttpRequest) -> HttpResponse:
    """Send what somebody could not use to the accessibility mailbox; nothing is kept here."""
    form = FaultForm(request.POST or None)
    if request.method != "POST":
        return render(request, "shell/fault_report.html", {"form": form})
    if not form.is_valid():
        return render(request, "shell/fault_report.html", {"form": form}, status=422)
    send(form.cleaned_data["text"], form.cleaned_data["answer_to"])
    return render(request, "shell/fault_thanks.html")


@csrf_exempt
@require_POST
@open_to_all("browsers report without cookies; only a known directive and the name of a page are kept")
def csp_report(request: HttpRequest) -> HttpResponse:
    body = request.read(REPORT_BYTES + 1)
    if len(body) <= REPORT_BYTES:
        directive, route = _told(body)
        log.warning("blocked by %s on %s", directive, route)
    return HttpResponse(status=204)


def _told(body: bytes) -> tuple[str, str]:
    try:
        report = orjson.loads(body)["csp-report"]
        directive = str(report.get("effective-directive") or report.get("violated-directive"))
        address = str(report["document-uri"])
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return "unreadable", "unknown"
    return directive if directive in DIRECTIVES else "unknown", _route(address)


def _route(address: str) -> str:
    """Give the name of the page that an address leads to; the address itself may hold a key."""
    path = "/" + address.partition("://")[2].partition("?")[0].partition("#")[0].partition("/")[2]
    try:
        return resolve(path).url_name or "unknown"
    except Resolver404:
        return "unknown"


@open_to_all("tells nothing; being asked is what keeps a session alive")
def session_keep(request: HttpRequest) -> HttpResponse:
    """Answer 204 to who is signed in and 401 to others, so that the page knows whether the session still runs."""
    return HttpResponse(status=401 if getattr(request, "actor", None) is None else 204)
