"""Function contacts of the teams, and the library (schema `region`)."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

READ_AND_WRITE = "SELECT, INSERT, UPDATE"


class TeamEntry(models.Model):
    """How to reach a kommun's HLT team: functions and mailboxes, never a person (regional §15)."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {"hlt_region": READ_AND_WRITE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kommunkod = models.CharField(max_length=4)
    name = models.CharField(max_length=80)
    age_span = models.CharField(max_length=10)
    phone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=80, blank=True)
    areas = ArrayField(models.CharField(max_length=60), default=list)
    meets_every = models.CharField(max_length=60, blank=True)
    professions = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "team_entry"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommunkod", "name"], name="team_entry_once")
        ]

    def __str__(self) -> str:
        return f"TeamEntry {self.pk}"


class LibraryItem(models.Model):
    """Working material that one shares and all may use: method, form, letter, guide."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {"hlt_region": READ_AND_WRITE}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list)
    shared_by = models.CharField(max_length=4, blank=True)
    license = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True)
    review_due = models.DateField(null=True)

    class Meta:
        db_table = "library_item"

    def __str__(self) -> str:
        return f"LibraryItem {self.slug}"


class LibraryFile(models.Model):
    """A file of an item; its bytes never change: another file is another row."""

    home: ClassVar[str] = "REGION"
    schema: ClassVar[str] = "region"
    grants: ClassVar[dict[str, str]] = {"hlt_region": "SELECT, INSERT"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    item = models.ForeignKey(LibraryItem, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        db_table = "library_file"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "name"], name="library_file_once")
        ]

    def __str__(self) -> str:
        return f"LibraryFile {self.pk}"
