"""Facts without names, and the counts that were made of them once a period was over."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import Border, KommunModel


class CaseFact(KommunModel):
    """What happened to a case, for counting only: codes, dates, birth year, keyed references (domain §7)."""

    border = Border.FACT
    service_rights: ClassVar[dict[str, str]] = {"jobs": "SELECT"}

    case_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    child_key = models.BinaryField(max_length=32)
    family_key = models.BinaryField(max_length=32)
    sex = models.CharField(max_length=1)
    birth_year = models.PositiveSmallIntegerField()
    sector = models.CharField(max_length=10)
    domain = models.CharField(max_length=40)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "case_fact"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case_id", "kind"], name="case_fact_once"),
            models.CheckConstraint(condition=models.Q(sex__in=["K", "M"]), name="case_fact_sex_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "on"], name="case_fact_by_day")]


class FrozenPeriod(KommunModel):
    """A period was counted; `digest` is what the manager approves and what every later delivery must equal."""

    border = Border.SERVICE
    service_rights: ClassVar[dict[str, str]] = {"jobs": "SELECT, INSERT", "admin": "SELECT"}

    period = models.CharField(max_length=10, unique=True)
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    class Meta:
        db_table = "frozen_period"


class FrozenCount(KommunModel):
    """One true count; never changed, since earlier releases were built on it (regional §3.2)."""

    border = Border.SERVICE
    service_rights: ClassVar[dict[str, str]] = {"jobs": "SELECT, INSERT", "admin": "SELECT"}

    population = models.CharField(max_length=20)
    period = models.CharField(max_length=10)
    coordinates = models.CharField(max_length=80)
    n = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    families = models.PositiveIntegerField()

    class Meta:
        db_table = "frozen_count"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["population", "period", "coordinates"], name="frozen_count_once")
        ]


class CountApproval(KommunModel):
    """A manager saw a period's counts and let them go; who it was stands in the log."""

    border = Border.SERVICE
    service_rights: ClassVar[dict[str, str]] = {"jobs": "SELECT", "admin": "SELECT, INSERT"}

    period = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    approved_at = models.DateTimeField()

    class Meta:
        db_table = "count_approval"
