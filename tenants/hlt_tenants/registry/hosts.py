"""From a web name to a kommun: only an open kommun answers (tenancy §3)."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from hlt_tenants.registry.context import Where, inside
from hlt_tenants.registry.models import Host, Kommun
from hlt_tenants.registry.rules import KommunState

KEEP_SECONDS = 5.0
_kept: dict[str, tuple[float, "KommunHost"]] = {}


@dataclass(frozen=True, slots=True)
class KommunHost:
    """The kommun whose pages a host shows."""

    kommunkod: str
    slug: str
    name: str


def kommun_of(domain: str) -> KommunHost | None:
    """Give the open kommun behind a web name, or None; asked of the database at most every five seconds."""
    kept = _kept.get(domain)
    if kept is not None and kept[0] > time.monotonic():
        return kept[1]
    row = Host.objects.filter(domain=domain, tenant__state=KommunState.OPEN).select_related("tenant").first()
    found = None if row is None else KommunHost(row.tenant.kommunkod, row.tenant.slug, row.tenant.name)
    # Only hosts that exist are kept: invented names must not fill the memory.
    if found is not None:
        _kept[domain] = (time.monotonic() + KEEP_SECONDS, found)
    return found


def open_kommuner() -> list[KommunHost]:
    """Give every kommun whose pages answer, in Swedish alphabetical order."""
    rows = Kommun.objects.filter(state=KommunState.OPEN).order_by("sort_key")
    return [KommunHost(row.kommunkod, row.slug, row.name) for row in rows]


class HostMiddleware:
    """Set `request.kommun` and the URL map, and enter the kommun with nobody signed in yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        domain = request.get_host().partition(":")[0]
        request.received_at = time.time()  # type: ignore[attr-defined]
        request.kommun = None  # type: ignore[attr-defined]
        if domain == f"region.{settings.HLT_DOMAIN}":
            request.urlconf = "hlt_platform.urls_region"
            return self.get_response(request)
        kommun = kommun_of(domain)
        if kommun is None:
            return HttpResponseNotFound("Okänd adress.", content_type="text/plain; charset=utf-8")
        request.kommun = kommun  # type: ignore[attr-defined]
        with inside(Where(kommun.kommunkod)):
            return self.get_response(request)
