"""What is known of a kommun itself."""

from datetime import datetime

from hlt_tenants.registry.models import Kommun


def opened_at(kommunkod: str) -> datetime:
    """Give the instant (UTC) at which a kommun came to the platform; raise Kommun.DoesNotExist for an unknown code."""
    found: datetime = Kommun.objects.get(kommunkod=kommunkod).opened_at
    return found
