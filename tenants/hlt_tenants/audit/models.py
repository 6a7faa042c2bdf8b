"""One append-only chain of events per controller; ids and codes only (L-13, operations §8)."""

from typing import ClassVar

from django.db import models

from hlt_tenants.registry.kommun_model import Border, KommunModel


class AuditEvent(KommunModel):
    """Who did or saw what about whom, when, on which ground. `seq`, `row_hash` and `h` are given by a trigger.

    An event lies in the chain of its owner: in another's, the owner would read a chain with a hole, and call it broken.
    """

    border = Border.AUDIT
    service_rights: ClassVar[dict[str, str]] = {"admin": "INSERT", "jobs": "INSERT", "signal": "INSERT"}
    insert_checks: ClassVar[dict[str, str]] = dict.fromkeys(service_rights, "controller = owner_branch")

    owner_branch = models.CharField(max_length=40)
    controller = models.CharField(max_length=40)
    seq = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    actor = models.UUIDField()
    assignment = models.UUIDField()
    role = models.CharField(max_length=30)
    unit = models.CharField(max_length=80, null=True)
    action = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    object = models.UUIDField(null=True)
    basis_code = models.CharField(max_length=4)
    ground = models.CharField(max_length=30, null=True)
    result = models.CharField(max_length=10)
    detail = models.CharField(max_length=60, null=True)
    salt = models.BinaryField(max_length=16)
    row_hash = models.BinaryField(max_length=32, default=b"")
    h = models.BinaryField(max_length=32, default=b"")

    class Meta:
        db_table = "audit_event"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["controller", "seq"], name="audit_one_chain_per_controller"),
            models.CheckConstraint(condition=models.Q(result__in=["done", "refused"]), name="audit_result_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner_branch", "object", "at"], name="audit_by_object")
        ]
