"""Candidates in schema `region`, what was released in schema `published`."""

from typing import ClassVar
from uuid import uuid4

from django.db import models


class Candidate(models.Model):
    """A built release waiting for two persons. Holds what would be shown and the attack report, no hidden value."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {"hlt_disclosure": "SELECT, INSERT", "hlt_publisher": "SELECT"}
    functions: ClassVar[dict[str, str]] = {"approve_candidate(uuid, text, uuid)": "hlt_publisher"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    state = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    period = models.CharField(max_length=10)
    artefact = models.TextField()
    digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64)
    findings = models.PositiveIntegerField()
    report = models.JSONField()
    input_digest = models.CharField(max_length=64)
    built_by = models.UUIDField()
    built_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "candidate"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=["ATTACKED", "APPROVED", "PUBLISHED", "FAILED", "EXPIRED"]),
                name="candidate_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(findings=0) | models.Q(state="FAILED"), name="candidate_with_a_finding_has_failed"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("built_by")),
                name="candidate_needs_a_second_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["APPROVED", "PUBLISHED"]) | models.Q(approved_by__isnull=False),
                name="candidate_approved_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["kind", "period", "previous_digest", "input_digest"], name="candidate_once_per_input"
            ),
        ]

    def __str__(self) -> str:
        return f"Candidate {self.pk}"


class BuildRequest(models.Model):
    """Who asked for a build of which period, the first of the two persons, and what became of it.

    It ends with a candidate, or with `refusal`: the code of a refusal and what it names (kommun, period).
    """

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {
        "hlt_region": "SELECT, INSERT",
        "hlt_disclosure": "SELECT, UPDATE (ended_at, candidate, refusal)",
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    period = models.CharField(max_length=10)
    asked_by = models.UUIDField()
    role = models.CharField(max_length=30)
    assignment = models.UUIDField()
    session = models.UUIDField()
    level = models.PositiveSmallIntegerField()
    auth_time = models.FloatField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    candidate = models.UUIDField(null=True)
    refusal = models.JSONField(null=True)

    class Meta:
        db_table = "build_request"

    def __str__(self) -> str:
        return f"BuildRequest {self.pk}"


class Manifest(models.Model):
    """The digest of what a kommun delivered for a period: all that the region keeps of true counts."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {"hlt_disclosure": "SELECT, INSERT"}

    id = models.BigAutoField(primary_key=True)
    kommunkod = models.CharField(max_length=4)
    period = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "manifest"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommunkod", "period"], name="manifest_once")
        ]

    def __str__(self) -> str:
        return f"Manifest {self.pk}"


class Release(models.Model):
    """A link of the chain. Rows are written by `publish_candidate` only and never changed."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "published"
    grants: ClassVar[dict[str, str]] = {"hlt_disclosure": "SELECT", "hlt_publisher": "SELECT", "hlt_region": "SELECT"}
    functions: ClassVar[dict[str, str]] = {
        "publish_candidate(uuid, text, uuid, bytea, text)": "hlt_publisher",
        "withdraw_release(uuid, uuid, text)": "hlt_publisher",
    }

    id = models.UUIDField(primary_key=True)
    seq = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=10)
    period = models.CharField(max_length=10)
    plan = models.CharField(max_length=64)
    frozen_at = models.CharField(max_length=32)
    coverage = models.JSONField()
    report = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)
    previous_digest = models.CharField(max_length=64, unique=True)
    signature = models.BinaryField(max_length=80)
    key_id = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "release"

    def __str__(self) -> str:
        return f"Release {self.seq}"


class CellColumns(models.Model):
    """What every published cell carries; a hidden value is nowhere among it (regional §8)."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "published"

    id = models.BigAutoField(primary_key=True)
    cell_id = models.CharField(max_length=24)
    table_code = models.CharField(max_length=60)
    population = models.CharField(max_length=20)
    level = models.CharField(max_length=12)
    place = models.CharField(max_length=8)
    period = models.CharField(max_length=10)
    coordinates = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=20)
    value = models.PositiveIntegerField(null=True)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=30, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Cell {self.cell_id}"


class Cell(CellColumns):
    """A released cell; UPDATE, DELETE and TRUNCATE are refused by grant and by trigger."""

    grants: ClassVar[dict[str, str]] = {"hlt_disclosure": "SELECT", "hlt_publisher": "SELECT"}

    release = models.ForeignKey(Release, on_delete=models.PROTECT)

    class Meta:
        db_table = "cell"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["release", "cell_id"], name="cell_once_per_release"),
            models.CheckConstraint(
                condition=models.Q(status__in=["SHOWN", "STRUCTURAL_ZERO"], value__isnull=False, low=None, high=None)
                | models.Q(status="PROTECTED", value=None, low__isnull=False)
                | models.Q(status__in=["NOT_APPLICABLE", "MISSING_REPORT"], value=None, low=None, high=None),
                name="cell_hides_what_it_must",
            ),
        ]


class Withdrawal(models.Model):
    """A release that was taken back: its values are hidden, what was seen stays known to every later attack."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "published"
    grants: ClassVar[dict[str, str]] = {"hlt_disclosure": "SELECT", "hlt_publisher": "SELECT", "hlt_region": "SELECT"}

    release = models.OneToOneField(Release, on_delete=models.PROTECT, primary_key=True)
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()

    class Meta:
        db_table = "withdrawal"

    def __str__(self) -> str:
        return f"Withdrawal {self.pk}"


class CellNow(CellColumns):
    """The cells as they may be shown today: all that the region's pages and API can read of figures."""

    is_view: ClassVar[bool] = True
    grants: ClassVar[dict[str, str]] = {"hlt_region": "SELECT"}

    release = models.ForeignKey(Release, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        db_table = "cell_now"
        managed = False
