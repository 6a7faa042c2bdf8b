"""Children and guardians as one branch knows them; another branch has rows of its own."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import BranchModel, SameOwnerKey, owned_parent


class Child(BranchModel):
    """A child in one branch. Age follows from `birth_date` only, never from a number (law §8)."""

    name = models.CharField(max_length=120)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1)
    language = models.CharField(max_length=10, default="sv")
    number_hash = models.BinaryField(max_length=32, null=True)
    sort_key = models.CharField(max_length=120)

    class Meta:
        db_table = "child"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("child_owned"),
            models.UniqueConstraint(fields=["owner_branch", "number_hash"], name="child_number_once_per_branch"),
        ]


class Guardian(BranchModel):
    """A custodian whose consent counts."""

    child_id = models.UUIDField()
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    is_blocked = models.BooleanField(default=False)

    class Meta:
        db_table = "guardian"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("guardian_owned"),
            SameOwnerKey(name="guardian_of_own_child", column="child_id", table="child"),
        ]
