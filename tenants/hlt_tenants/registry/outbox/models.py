"""Outbox and inbox of a kommun: ids and codes only, nothing about anybody (operations §3)."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import Border, KommunModel


class Outbox(KommunModel):
    """Work that a change asked for. `period` is set for what beat plants once per task and period."""

    border = Border.QUEUE
    service_rights: ClassVar[dict[str, str]] = {
        "relay": "SELECT, UPDATE, INSERT",
        "jobs": "SELECT, UPDATE",
        "admin": "INSERT",
    }

    task = models.CharField(max_length=80)
    branch = models.CharField(max_length=40, null=True)
    ref_id = models.UUIDField(null=True)
    period = models.CharField(max_length=20, null=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    starts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_code = models.CharField(max_length=40, null=True)
    traceparent = models.CharField(max_length=60, null=True)

    class Meta:
        db_table = "outbox"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "not_before"], name="outbox_due")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["task", "period"], condition=models.Q(period__isnull=False), name="outbox_once_per_period"
            )
        ]


class Inbox(KommunModel):
    """What was done: the effect and this row are one transaction, so a second delivery hits the key."""

    border = Border.QUEUE
    service_rights: ClassVar[dict[str, str]] = {"jobs": "SELECT, INSERT", "admin": "SELECT, INSERT"}

    event_id = models.UUIDField()
    task = models.CharField(max_length=80)
    done_at = models.DateTimeField()

    class Meta:
        db_table = "inbox"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event_id", "task"], name="inbox_once")
        ]
