"""What every request must be and every answer must say, so that one host's page cannot act on another's (§8)."""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from hlt_identity.errors import HltError, _

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
METHODS = SAFE | {"POST"}
OWN_SITE = frozenset({"same-origin", "none"})
NOTHING_OF_THE_DEVICE = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


class FromAnotherSite(HltError):
    """A form that stood on another host's page: sibling kommuner are the same site to a browser, not to us."""

    code = "FROM_ANOTHER_SITE"
    status = 403
    sentence = _("Formuläret kom från en annan adress.")
    next_step = _("Gå till startsidan här och gör om det.")


class WrongMethod(HltError):
    """A page has another method than this one, such as a button's POST."""

    code = "WRONG_METHOD"
    status = 405
    sentence = _("Adressen går inte att öppna så här.")
    next_step = _("Gå till startsidan och börja därifrån.")


def is_from_here(request: HttpRequest) -> bool:
    """Tell whether an unsafe request comes from a page of this very host; a browser says so itself.

    Without Sec-Fetch-Site the Origin must be this host's own; without either it is no browser of today: refused.
    """
    if request.method in SAFE:
        return True
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN_SITE
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def settings_faults(*_arguments: object, **_named: object) -> Sequence[CheckMessage]:
    """Name every setting that would let one kommun's browser state reach another's host."""
    rules = {
        "hlt.E001": (not settings.CSRF_TRUSTED_ORIGINS, "CSRF_TRUSTED_ORIGINS must be empty"),
        "hlt.E002": (settings.SESSION_COOKIE_DOMAIN is None, "SESSION_COOKIE_DOMAIN must not be set"),
        "hlt.E003": (settings.CSRF_COOKIE_DOMAIN is None, "CSRF_COOKIE_DOMAIN must not be set"),
        "hlt.E004": (settings.CSRF_COOKIE_NAME.startswith("__Host-"), "CSRF_COOKIE_NAME must begin with __Host-"),
        "hlt.E005": (settings.CSRF_COOKIE_SECURE, "CSRF_COOKIE_SECURE must be on"),
        "hlt.E006": (
            "django.contrib.sessions" not in settings.INSTALLED_APPS,
            "django.contrib.sessions is not bound to a host",
        ),
    }
    return [Error(text, id=code) for code, (holds, text) in rules.items() if not holds]


class RequestRulesMiddleware:
    """Refuse what another site sent and methods that no page has; say on every answer that nobody may keep it."""

    exempt = frozenset({"/graphql", "/csp-report"})

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        faults = settings_faults()
        if faults:
            raise ImproperlyConfigured("; ".join(fault.msg for fault in faults))
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._answer(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers.setdefault("Permissions-Policy", NOTHING_OF_THE_DEVICE)
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.path in self.exempt:
            return self.get_response(request)
        if request.method not in METHODS:
            return _not_so(request, ", ".join(sorted(METHODS)))
        if not is_from_here(request):
            return _refused(request, FromAnotherSite())
        answer = self.get_response(request)
        return _not_so(request, answer["Allow"]) if isinstance(answer, HttpResponseNotAllowed) else answer


def _not_so(request: HttpRequest, allowed: str) -> HttpResponse:
    answer = _refused(request, WrongMethod())
    answer["Allow"] = allowed
    return answer


def _refused(request: HttpRequest, refusal: HltError) -> HttpResponse:
    return render(request, "shell/error.html", {"refusal": refusal}, status=refusal.status)
