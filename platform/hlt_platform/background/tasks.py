"""Every module that declares tasks, imported by name; a module that is not here has tasks that nobody runs (A9)."""

from hlt_graphql.trace.home import REGION
from hlt_identity.errands.homes import Home
from hlt_identity.leavers.home import IDENTITY
from hlt_tenants.casework import tasks as _casework  # noqa: F401
from hlt_tenants.registry.outbox.home import KOMMUN

HOMES: dict[str, Home] = {home.code: home for home in (KOMMUN, REGION, IDENTITY)}
