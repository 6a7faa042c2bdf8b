"""Teams and memberships: staff only, read by every branch, written by the kommun's administration."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import Border, KommunModel


class Team(KommunModel):
    """An HLT team; a kommun has at least one."""

    border = Border.COMMON
    service_rights: ClassVar[dict[str, str]] = {"admin": "SELECT, INSERT, UPDATE", "door": "SELECT"}

    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=30, blank=True)
    meets_every = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "team"


class TeamMembership(KommunModel):
    """One dated hat of one person: branch, unit, profession, role. Door part d reads nothing else."""

    border = Border.COMMON
    service_rights: ClassVar[dict[str, str]] = {"admin": "SELECT, INSERT, UPDATE", "door": "SELECT"}

    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    person_id = models.UUIDField()
    name = models.CharField(max_length=80)
    branch = models.CharField(max_length=40)
    unit = models.CharField(max_length=80)
    profession = models.CharField(max_length=40)
    role = models.CharField(max_length=30)
    is_regional = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "team_membership"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person_id"], name="membership_by_person")]
