"""Every module that declares tasks, imported by name; a module that is not here has tasks that nobody runs (A9)."""

from hlt_graphql.releases import tasks as _releases
from hlt_graphql.trace import tasks as _region
from hlt_graphql.trace.home import REGION
from hlt_identity.errands.homes import Home
from hlt_identity.leavers import tasks as _identity
from hlt_identity.leavers.home import IDENTITY
from hlt_platform.wiring import tasks as _wiring
from hlt_tenants.casework import tasks as _casework
from hlt_tenants.followup import tasks as _followup
from hlt_tenants.registry.outbox import tasks as _outbox
from hlt_tenants.registry.outbox.home import KOMMUN
from hlt_tenants.reporting import tasks as _reporting

HOMES: dict[str, Home] = {home.code: home for home in (KOMMUN, REGION, IDENTITY)}
DECLARING = (_casework, _followup, _identity, _outbox, _region, _releases, _reporting, _wiring)
