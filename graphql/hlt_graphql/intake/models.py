"""True counts on their way to a release (schema `intake`, UNLOGGED: in no archive, replica or base backup)."""

from typing import ClassVar
from uuid import uuid4

from django.db import models


class Count(models.Model):
    """One delivered count. A kommun's jobs login inserts its own and reads none; only the build reads and deletes."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "intake"
    grants: ClassVar[dict[str, str]] = {"jobs": "INSERT", "hlt_disclosure": "SELECT, DELETE"}
    row_key: ClassVar[str] = "kommunkod"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kommunkod = models.CharField(max_length=4)
    population = models.CharField(max_length=20)
    period = models.CharField(max_length=10)
    coordinates = models.CharField(max_length=80)
    n = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    families = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "count"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kommunkod", "population", "period", "coordinates", "digest"], name="intake_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"Count {self.pk}"
