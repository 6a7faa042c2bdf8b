"""True counts do not lie in the region longer than a build needs them (regional §3.2)."""

from datetime import datetime, timedelta

from hlt_graphql.intake.actions import empty
from hlt_graphql.releases.models import BuildRequest
from hlt_graphql.trace.changing import region_writing

ALIAS = "disclosure"
# Every start of a build (16 min each) and the waits between them (2 h 36 min, spread by 20 %) are over by then.
GIVEN_UP_AFTER = timedelta(hours=6)
# So long is waited for a kommun that has not reported (regional §3.2).
KEPT_AT_MOST = timedelta(days=14)


def sweep(now: datetime) -> int:
    """Empty the intake of what was sent before a build that is over or given up, and of what is two weeks old.

    Gives how many counts that were. What came after the last build waits for the next.
    """
    over = BuildRequest.objects.using(ALIAS).filter(asked_at__lt=now - GIVEN_UP_AFTER).order_by("-asked_at").first()
    before = max(now - KEPT_AT_MOST, over.asked_at if over else now - KEPT_AT_MOST)
    with region_writing(ALIAS):
        return empty(before)
