"""What somebody has not sent yet, encrypted for that person alone; and which posts were already taken."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import BranchModel


class Draft(BranchModel):
    """One person's unsent form about one thing; `body` is AES-GCM, so that a copy of the table says nothing."""

    may_delete = True
    service_rights: ClassVar[dict[str, str]] = {"signal": "SELECT, INSERT, UPDATE, DELETE"}

    person_id = models.UUIDField()
    form = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    body = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "draft"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner_branch", "person_id", "form", "about"], nulls_distinct=False, name="draft_once"
            )
        ]


class Once(BranchModel):
    """A post that was taken: its key, what it said (as a hash), and where the page went; never a body."""

    service_rights: ClassVar[dict[str, str]] = {"signal": "SELECT, INSERT"}

    person_id = models.UUIDField()
    key = models.CharField(max_length=64)
    body_hash = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "once"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_branch", "person_id", "key"], name="once_per_person")
        ]
