"""What the region's outbox does for itself."""

from hlt_graphql.trace.home import REGION, region_task
from hlt_identity.errands.homes import Errand
from hlt_identity.errands.tidying import tidy

TIDY = "region.tidy"


@region_task(TIDY)
def run_tidy(_errand: Errand) -> None:
    """Forget what was done more than 30 days ago."""
    tidy(REGION)
