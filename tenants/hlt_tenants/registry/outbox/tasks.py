"""What a kommun's outbox does for itself."""

from hlt_identity.errands.homes import Errand
from hlt_identity.errands.tidying import tidy
from hlt_tenants.registry.outbox.home import KOMMUN, kommun_task

TIDY = "outbox.tidy"


@kommun_task(TIDY)
def run_tidy(_errand: Errand) -> None:
    """Forget what was done more than 30 days ago."""
    tidy(KOMMUN)
