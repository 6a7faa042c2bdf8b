"""Put counts in as a kommun, take them out as the build (regional §3.2)."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connections, transaction

from hlt_graphql.intake.models import Count
from hlt_graphql.intake.rules import Delivered


def deliver(counts: Iterable[Delivered]) -> int:
    """Write a kommun's counts as its own jobs login, and give how many were sent.

    The database refuses (42501) a row of another kommun. Sending the same again changes nothing.
    """
    now = datetime.now(UTC)
    rows = [
        Count(
            kommunkod=c.kommunkod,
            population=c.population,
            period=c.period,
            coordinates=c.coordinates,
            n=c.n,
            persons=c.persons,
            families=c.families,
            digest=c.digest,
            sent_at=now,
        )
        for c in counts
    ]
    with transaction.atomic(using="intake", durable=True):
        with connections["intake"].cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")
        Count.objects.using("intake").bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def empty(sent_before: datetime | None = None) -> int:
    """Delete the delivered counts as the build's login, all or those sent before an instant; give how many."""
    rows = Count.objects.using("disclosure")
    return (rows.all() if sent_before is None else rows.filter(sent_at__lt=sent_before)).delete()[0]
