"""One append-only chain of what was done in the region (schema `region`); ids and codes only."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from hlt_identity.errands.rows import LEASE_COLUMNS, DoneRow, ErrandRow


class TraceEvent(models.Model):
    """Who did what, when. `seq`, `row_hash` and `h` are given by a trigger; nothing can be changed or removed."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {
        "hlt_region": "SELECT, INSERT",
        "hlt_disclosure": "INSERT",
        "hlt_publisher": "INSERT",
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    seq = models.BigIntegerField(unique=True, default=0)
    at = models.DateTimeField()
    actor = models.UUIDField()
    role = models.CharField(max_length=30)
    action = models.CharField(max_length=40)
    object = models.UUIDField()
    result = models.CharField(max_length=10)
    detail = models.CharField(max_length=60, default="")
    salt = models.BinaryField(max_length=16)
    row_hash = models.BinaryField(max_length=32, default=b"")
    h = models.BinaryField(max_length=32, default=b"")

    class Meta:
        db_table = "trace_event"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(result__in=["done", "refused"]), name="trace_result_known")
        ]

    def __str__(self) -> str:
        return f"TraceEvent {self.pk}"


class RegionOutbox(ErrandRow):
    """Work that a change in the region asked for; only beat's login writes rows with a period."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {
        "hlt_region": "INSERT",
        "hlt_publisher": "INSERT",
        "hlt_disclosure": f"SELECT, INSERT, DELETE, UPDATE ({LEASE_COLUMNS})",
        "hlt_relay": f"SELECT, INSERT, UPDATE ({LEASE_COLUMNS})",
    }
    insert_checks: ClassVar[dict[str, str]] = {
        "hlt_region": "period IS NULL",
        "hlt_publisher": "period IS NULL",
        "hlt_disclosure": "period IS NULL",
        "hlt_relay": "period IS NOT NULL",
    }

    class Meta:
        db_table = "region_outbox"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "not_before"], name="region_outbox_due")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["task", "period"], condition=models.Q(period__isnull=False), name="region_once_per_period"
            )
        ]

    def __str__(self) -> str:
        return f"RegionOutbox {self.pk}"


class RegionInbox(DoneRow):
    """What was done in the region."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {"hlt_disclosure": "SELECT, INSERT, DELETE"}

    class Meta:
        db_table = "region_inbox"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event_id", "task"], name="region_inbox_once")
        ]

    def __str__(self) -> str:
        return f"RegionInbox {self.pk}"
