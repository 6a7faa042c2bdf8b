"""One append-only chain of what was done in the region (schema `region`); ids and codes only."""

from typing import ClassVar
from uuid import uuid4

from django.db import models


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
