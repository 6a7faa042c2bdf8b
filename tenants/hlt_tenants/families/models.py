"""Children and guardians as one branch knows them; another branch has rows of its own."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import BranchModel, SameOwnerKey, owned_parent


class Child(BranchModel):
    """A child in one branch. Age follows from `birth_date` only, never from a number (law §8)."""

    service_rights: ClassVar[dict[str, str]] = {"signal": "INSERT"}

    name = models.CharField(max_length=120)
    birth_date = models.DateField()
    sex = models.CharField(max_length=1)
    language = models.CharField(max_length=10, default="sv")
    number_hash = models.BinaryField(max_length=32, null=True)
    sort_key = models.CharField(max_length=120)
    protection = models.CharField(max_length=20, default="none")
    is_blocked = models.BooleanField(default=False)
    is_care_blocked = models.BooleanField(default=False)

    class Meta:
        db_table = "child"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("child_owned"),
            models.UniqueConstraint(fields=["owner_branch", "number_hash"], name="child_number_once_per_branch"),
        ]


class Guardian(BranchModel):
    """A custodian whose consent counts."""

    service_rights: ClassVar[dict[str, str]] = {"signal": "INSERT"}

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


class Conflict(BranchModel):
    """A member of staff is guardian, relative or friend of a child: jäv, declared by the person (L-36)."""

    person_id = models.UUIDField()
    about_id = models.UUIDField()
    declared_at = models.DateTimeField()

    class Meta:
        db_table = "conflict"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner_branch", "person_id", "about_id"], name="conflict_once")
        ]
