"""What the figure's way does by the calendar."""

from datetime import UTC, datetime

from hlt_graphql.releases.sweeping import sweep
from hlt_graphql.trace.home import region_task
from hlt_identity.errands.homes import Errand

SWEEP = "releases.sweep"


@region_task(SWEEP)
def run_sweep(_errand: Errand) -> None:
    """Take true counts away that no build will take."""
    sweep(datetime.now(UTC))
