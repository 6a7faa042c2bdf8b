"""A request as the pages of a kommun know it: the middleware has said which kommun, who acts, and when it came."""

from django.http import HttpRequest

from hlt_identity.door import Actor
from hlt_tenants.registry.hosts import KommunHost


class StaffRequest(HttpRequest):
    """For annotations only: what HostMiddleware and sign-in put on every request before a view runs."""

    actor: Actor
    kommun: KommunHost
    received_at: float
    htmx: bool
