"""The base of every table inside a kommun, and the classes of table that say who may do what (tenancy §4.2)."""

from enum import StrEnum
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from hlt_tenants.registry.belonging import Belonging


class Border(StrEnum):
    """How a table is shared between branches; `harden` derives grants and policies from it."""

    BRANCH = "BRANCH"  # own rows only
    COPY = "COPY"  # inserted by the sender, owned and read by the receiver
    SHELL = "SHELL"  # the nameless case: readable by the branches in seen_by
    HANG = "HANG"  # hangs on a shell: you see it when you see the shell
    COMMON = "COMMON"  # teams, members, codes: read by all branches, written by admin
    QUEUE = "QUEUE"  # outbox, inbox, once: insert, and what the queue's own login needs
    AUDIT = "AUDIT"  # insert; own rows readable
    RECEIPT = "RECEIPT"  # inserted by whoever takes the step, read by the branch that waits for it; codes and dates
    FACT = "FACT"  # inserted by the branches' steps, read by jobs only
    SERVICE = "SERVICE"  # no branch at all: only the service logins that `service_rights` names


class KommunModel(Belonging):
    """A row of one kommun. `border` decides its rights; extra rights of service logins are named per model.

    `service_rights` maps a service login (door, admin, jobs, relay, signal) to SQL grants, e.g. {"door": "SELECT"} or
    {"jobs": "SELECT (id, state), UPDATE (seen_by)"}. `may_delete` lets branch logins DELETE their own rows.
    `insert_checks` narrows which rows a login (or "branches", in a QUEUE) may insert.
    """

    home: ClassVar[str] = "KOMMUN"
    border: ClassVar[Border] = Border.BRANCH
    service_rights: ClassVar[dict[str, str]] = {}
    insert_checks: ClassVar[dict[str, str]] = {}
    may_delete: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Name the row in logs and test failures: never by a name or a text."""
        return f"{type(self).__name__} {self.pk}"


class BranchModel(KommunModel):
    """A row owned by one branch of the kommun; indexes and unique constraints begin with `owner_branch`."""

    owner_branch = models.CharField(max_length=40)

    class Meta:
        abstract = True


class SameOwnerKey(models.BaseConstraint):
    """A foreign key that carries the owner: `(owner_branch, x_id)` → `(owner_branch, id)`.

    A plain key would tell another branch's id from a random one (23503), an existence oracle (tenancy §4.3). The
    parent needs `UNIQUE (owner_branch, id)`; `column` is ours, `table` the parent's, `owner_column` whose zone it is.
    """

    def __init__(self, *, name: str, column: str, table: str, owner_column: str = "owner_branch") -> None:
        super().__init__(name=name)
        self.column, self.table, self.owner_column = column, table, owner_column

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        key = f"FOREIGN KEY ({self.owner_column}, {self.column}) REFERENCES {self.table} (owner_branch, id)"
        return f"CONSTRAINT {self.name} {key}"

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        table = model._meta.db_table if model else ""
        return f'ALTER TABLE "{table}" ADD {self.constraint_sql(model, schema_editor)}'

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        table = model._meta.db_table if model else ""
        return f'ALTER TABLE "{table}" DROP CONSTRAINT {self.name}'

    def validate(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing in Python: only the database can tell without becoming the oracle this is made against."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameOwnerKey) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, str]]:
        path, _args, kwargs = super().deconstruct()
        own = {"column": self.column, "table": self.table, "owner_column": self.owner_column}
        return path, (), {**kwargs, **own}


def owned_parent(name: str) -> models.UniqueConstraint:
    """The key that SameOwnerKey of a child table points at."""
    return models.UniqueConstraint(fields=["owner_branch", "id"], name=name)
