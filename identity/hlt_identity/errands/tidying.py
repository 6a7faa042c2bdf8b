"""What was done long ago is forgotten: rows of ended errands, and the notes that they were done."""

from datetime import UTC, datetime

from django.db.models import Q

from hlt_identity.errands.homes import Home, writing
from hlt_identity.errands.once import settle
from hlt_identity.errands.rules import ENDED, KEPT, State

AT_MOST = 5_000


def tidy(home: Home) -> None:
    """Delete what ended more than 30 days ago, at most 5 000 rows a day; what is dead stays until somebody decides.

    Runs inside a task of the home, whose own note is made in the same transaction.
    """
    before = datetime.now(UTC) - KEPT
    with writing(home.worker):
        settle(home.done, using=home.worker)
        rows = home.rows._default_manager.using(home.worker)
        dropped = Q(state=State.DROPPED, created_at__lt=before)
        old = rows.filter(Q(state__in=ENDED, done_at__lt=before) | dropped).values_list("id", flat=True)
        rows.filter(id__in=list(old[:AT_MOST])).delete()
        done = home.done._default_manager.using(home.worker)
        past = done.filter(done_at__lt=before).values_list("id", flat=True)
        done.filter(id__in=list(past[:AT_MOST])).delete()
