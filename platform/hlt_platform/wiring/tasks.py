"""Background work in which kommun and region meet: counts on their way, and what is made of them."""

from hlt_graphql.releases.asking import BUILD, asked
from hlt_graphql.trace.home import region_task
from hlt_identity.errands.homes import Errand
from hlt_identity.errands.rules import Pace
from hlt_platform.wiring.publication import build_as_asked, send_counts
from hlt_tenants.registry.outbox.home import kommun_task
from hlt_tenants.reporting.actions import SEND


@kommun_task(SEND)
def run_send(errand: Errand) -> None:
    """Send what the kommun's managers let go, as its jobs login; sending again changes nothing."""
    send_counts(errand.scope)


@region_task(BUILD, pace=Pace.BUILD)
def run_build(errand: Errand) -> None:
    """Build the candidate that somebody asked for, in that person's name."""
    if errand.ref_id is not None:
        build_as_asked(asked(errand.ref_id))
