"""The 15 kommuner, their web hosts and their branches (schema `shared`)."""

from typing import Any, ClassVar

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Kommun(TenantMixin):  # type: ignore[misc]
    """One municipality. Its schema is made by `registry.provision`, never by saving this row."""

    home: ClassVar[str] = "SHARED"
    grants: ClassVar[dict[str, str]] = {"hlt_registry": "SELECT", "hlt_region": "SELECT"}
    auto_create_schema = False
    auto_drop_schema = False

    kommunkod = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=30, unique=True)
    area = models.CharField(max_length=1)
    sort_key = models.CharField(max_length=60)
    state = models.CharField(max_length=10, default="new")
    population = models.PositiveIntegerField()
    children_0_15 = models.PositiveIntegerField()
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "kommun"
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and nothing else: the library's own save would look for a schema to make."""
        models.Model.save(self, *args, **kwargs)


class Host(DomainMixin):  # type: ignore[misc]
    """A web name that leads to a kommun; `domain` is the name without a port."""

    home: ClassVar[str] = "SHARED"
    grants: ClassVar[dict[str, str]] = {"hlt_registry": "SELECT"}

    class Meta:
        db_table = "host"

    def __str__(self) -> str:
        return str(self.domain)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and nothing else."""
        models.Model.save(self, *args, **kwargs)


class Branch(models.Model):
    """An agency branch of a kommun: its own zone of secrecy. A new one is a row and a provisioning step."""

    home: ClassVar[str] = "SHARED"
    grants: ClassVar[dict[str, str]] = {"hlt_registry": "SELECT", "branches": "SELECT", "admin": "SELECT"}
    row_key: ClassVar[str] = "kommunkod"

    kommunkod = models.CharField(max_length=4)
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    legal_form = models.CharField(max_length=10, default="public")

    class Meta:
        db_table = "branch"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommunkod", "code"], name="branch_code_once_per_kommun")
        ]

    def __str__(self) -> str:
        return f"{self.kommunkod} {self.code}"
