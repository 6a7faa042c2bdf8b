"""The case as rows: a signal inside one branch, then a shell without a name and what hangs on it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hlt_tenants.registry.kommun_model import Border, BranchModel, KommunModel, SameOwnerKey, owned_parent


class HltCase(KommunModel):
    """The shell that branches share: number, state, dates, lead. Never a name, a text or a reason (INV6)."""

    border = Border.SHELL
    service_rights: ClassVar[dict[str, str]] = {"jobs": "SELECT, UPDATE (seen_by)"}

    number = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=20)
    seen_by = ArrayField(models.CharField(max_length=40))
    lead_id = models.UUIDField()
    lead_branch = models.CharField(max_length=40)
    granted_on = models.DateField()
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "hlt_case"


class CaseSeat(KommunModel):
    """A branch's live place in a case, opened by consent and ended with it."""

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    branch = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "case_seat"


class Clock(KommunModel):
    """A running promise: which rule, when it began, the last local day on which it is kept."""

    border = Border.HANG

    case = models.ForeignKey(HltCase, on_delete=models.PROTECT)
    code = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    due_on = models.DateField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "clock"


class Signal(BranchModel):
    """The first concern; before consent it lives only here, in the branch of who raised it (domain §0.3)."""

    child_id = models.UUIDField()
    case = models.ForeignKey(HltCase, on_delete=models.PROTECT, null=True)
    state = models.CharField(max_length=20)
    lead_id = models.UUIDField()
    initiator_id = models.UUIDField()
    concern = models.CharField(max_length=40)
    seen = models.TextField()
    works_well = models.TextField(blank=True)
    family_told_on = models.DateField()
    family_told_way = models.CharField(max_length=20)
    raised_at = models.DateTimeField()
    decide_by = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "signal"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            owned_parent("signal_owned"),
            SameOwnerKey(name="signal_of_own_child", column="child_id", table="child"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_branch", "state", "raised_at"], name="signal_open")
        ]
