"""Consent per guardian, the sender's decisions, and the frozen copies that receivers own."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hlt_tenants.registry.kommun_model import Border, BranchModel, SameOwnerKey, owned_parent


class Consent(BranchModel):
    """One guardian's answer about one signal: to whom, which categories, until when (L-05, L-06)."""

    signal_id = models.UUIDField()
    guardian_id = models.UUIDField()
    state = models.CharField(max_length=20)
    to_branches = ArrayField(models.CharField(max_length=40))
    categories = ArrayField(models.CharField(max_length=2))
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    way = models.CharField(max_length=20, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, default="sv")
    form_version = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "consent"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("consent_owned"),
            SameOwnerKey(name="consent_of_own_guardian", column="guardian_id", table="guardian"),
        ]


class Disclosure(BranchModel):
    """A decision by the owning branch to give one item to one receiver, with its ground (L-03)."""

    case_id = models.UUIDField()
    item_kind = models.CharField(max_length=20)
    source_id = models.UUIDField()
    to_branch = models.CharField(max_length=40)
    ground = models.CharField(max_length=30)
    category = models.CharField(max_length=2)
    need_motive = models.TextField(blank=True)
    reference = models.CharField(max_length=60, blank=True)
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    content_sha256 = models.BinaryField(max_length=32)

    class Meta:
        db_table = "disclosure"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("disclosure_owned"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_branch", "case_id"], name="disclosures_of_a_case")
        ]


class ReceivedCopy(BranchModel):
    """A frozen copy, owned by its receiver the moment the sender decided; nobody changes it (TF, law §1.1).

    `facts` repeats what a C0 copy says in words (child, guardians), so that the receiver need not read it by machine.
    """

    border = Border.COPY

    from_branch = models.CharField(max_length=40)
    disclosure_id = models.UUIDField()
    case_id = models.UUIDField()
    item_kind = models.CharField(max_length=20)
    category = models.CharField(max_length=2)
    brief_subject = models.CharField(max_length=120)
    content = models.TextField()
    facts = models.JSONField(null=True)
    sha256 = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "received_copy"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            SameOwnerKey(
                name="copy_of_a_decision", column="disclosure_id", table="disclosure", owner_column="from_branch"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_branch", "case_id"], name="copies_of_a_case")
        ]
