"""Outbox and inbox of a kommun: ids and codes only, nothing about anybody (operations §3)."""

from typing import ClassVar

from django.db import models

from hlt_identity.errands.rows import LEASE_COLUMNS, DoneRow, ErrandRow
from hlt_tenants.registry.kommun_model import Border, KommunModel


class Outbox(KommunModel, ErrandRow):
    """Work that a change asked for; `branch` is whose login it runs as.

    Only beat's login writes rows with a period: else a page's login could plant tomorrow's row as done, and tomorrow's
    work would never be asked for. Who carries errands cannot change what they ask.
    """

    border = Border.QUEUE
    service_rights: ClassVar[dict[str, str]] = {
        "relay": f"SELECT, INSERT, UPDATE ({LEASE_COLUMNS})",
        "jobs": f"SELECT, INSERT, DELETE, UPDATE ({LEASE_COLUMNS})",
        "admin": "INSERT",
        "signal": "INSERT",
    }
    insert_checks: ClassVar[dict[str, str]] = {
        "branches": "period IS NULL",
        "admin": "period IS NULL",
        "signal": "period IS NULL",
        "jobs": "period IS NULL",
        "relay": "period IS NOT NULL",
    }

    branch = models.CharField(max_length=40, null=True)

    class Meta:
        db_table = "outbox"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "not_before"], name="outbox_due")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["task", "period"], condition=models.Q(period__isnull=False), name="outbox_once_per_period"
            )
        ]


class Inbox(KommunModel, DoneRow):
    """What was done in this kommun."""

    border = Border.QUEUE
    service_rights: ClassVar[dict[str, str]] = {"jobs": "SELECT, INSERT, DELETE", "admin": "SELECT, INSERT"}

    class Meta:
        db_table = "inbox"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event_id", "task"], name="inbox_once")
        ]
