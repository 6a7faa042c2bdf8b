"""What identity's outbox does for itself."""

from hlt_identity.errands.homes import Errand
from hlt_identity.errands.tidying import tidy
from hlt_identity.leavers.home import IDENTITY, identity_task

TIDY = "identity.tidy"


@identity_task(TIDY)
def run_tidy(_errand: Errand) -> None:
    """Forget what was done more than 30 days ago."""
    tidy(IDENTITY)
