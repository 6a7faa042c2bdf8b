"""A request as the region's pages know it: the middleware has said who acts and when it came; there is no kommun."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from hlt_identity.door import Actor


class RegionRequest(HttpRequest):
    """For annotations only: what HostMiddleware, sign-in and htmx put on every request before a view runs."""

    actor: Actor
    received_at: float
    htmx: HtmxDetails
