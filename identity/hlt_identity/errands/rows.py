"""The columns of every outbox and inbox: ids and codes only, nothing about anybody."""

from uuid import uuid4

from django.db import models

from hlt_identity.errands.rules import State


class ErrandRow(models.Model):
    """Work that a change asked for. `period` is set for what is planned once per task and period."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    task = models.CharField(max_length=80)
    ref_id = models.UUIDField(null=True)
    period = models.CharField(max_length=20, null=True)
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    state = models.CharField(max_length=10, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    starts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    last_code = models.CharField(max_length=40, null=True)
    traceparent = models.CharField(max_length=60, null=True)

    class Meta:
        abstract = True


class DoneRow(models.Model):
    """What was done: the effect and this row are one transaction, so a second delivery hits the key."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event_id = models.UUIDField()
    task = models.CharField(max_length=80)
    done_at = models.DateTimeField()

    class Meta:
        abstract = True


# What those who carry errands may change: never what is asked for, or about whom.
LEASE_COLUMNS = "state, attempts, starts, lease_until, sent_at, done_at, not_before, last_code"
