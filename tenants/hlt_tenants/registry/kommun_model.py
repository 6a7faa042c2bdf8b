"""The base of every table inside a kommun, and the classes of table that say who may do what (tenancy §4.2)."""

from enum import StrEnum
from typing import ClassVar
from uuid import uuid4

from django.db import models


class Border(StrEnum):
    """How a table is shared between branches; `harden` derives grants and policies from it."""

    BRANCH = "BRANCH"  # own rows only
    COPY = "COPY"  # inserted by the sender, owned and read by the receiver
    SHELL = "SHELL"  # the nameless case: readable by the branches in seen_by
    HANG = "HANG"  # hangs on a shell: you see it when you see the shell
    COMMON = "COMMON"  # teams, members, codes: read by all branches, written by admin
    QUEUE = "QUEUE"  # outbox, inbox, once: insert, and what the queue's own login needs
    AUDIT = "AUDIT"  # insert; own rows readable
    FACT = "FACT"  # inserted by the branches' steps, read by jobs only


class KommunModel(models.Model):
    """A row of one kommun. `border` decides its rights; extra rights of service logins are named per model.

    `service_rights` maps a service login (door, admin, jobs, relay, signal) to SQL grants, e.g. {"door": "SELECT"} or
    {"jobs": "SELECT (id, state), UPDATE (seen_by)"}. `may_delete` lets branch logins DELETE their own rows.
    """

    home: ClassVar[str] = "KOMMUN"
    border: ClassVar[Border] = Border.BRANCH
    service_rights: ClassVar[dict[str, str]] = {}
    may_delete: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


class BranchModel(KommunModel):
    """A row owned by one branch of the kommun; indexes and unique constraints begin with `owner_branch`."""

    owner_branch = models.CharField(max_length=40)

    class Meta:
        abstract = True
