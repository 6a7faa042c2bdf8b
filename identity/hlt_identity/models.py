"""Who signed in where, by which provider, and what links a host to the realm (schema `shared`). No name, no number."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from hlt_identity.errands.rows import LEASE_COLUMNS, DoneRow, ErrandRow

ALL = "SELECT, INSERT, UPDATE, DELETE"
REGION = "region"


class Shared(models.Model):
    """A table of the one shared schema; `grants` and `row_key` are what `harden` turns into rights."""

    home: ClassVar[str] = "SHARED"
    grants: ClassVar[dict[str, str]] = {"hlt_identity": ALL}

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Name the row in logs: never by what it says about somebody."""
        return f"{type(self).__name__} {self.pk}"


class Person(Shared):
    """Somebody who can sign in: an issuer's subject, nothing more. Raising `epoch` ends every session at once."""

    grants: ClassVar[dict[str, str]] = {
        "hlt_identity": ALL,
        "door": "SELECT (id, epoch)",
        "hlt_region": "SELECT (id, epoch)",
    }

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    issuer = models.CharField(max_length=200)
    sub = models.CharField(max_length=80)
    epoch = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "person"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "sub"], name="person_once_per_issuer")
        ]


class PersonKommun(Shared):
    """In which kommuner a person has a hat: all that the switcher of kommun may know (interface S14)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    kommunkod = models.CharField(max_length=6)

    class Meta:
        db_table = "person_kommun"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "kommunkod"], name="person_kommun_once")
        ]


class Session(Shared):
    """One host, one person, one assignment. Each kommun's door reads its own rows only; the key itself is not kept.

    What names a person is indexed behind the kommun: by any other index EXPLAIN ANALYZE counts what it met and may not
    show, and so tells whether that person is signed in elsewhere. `sid` is random, and the realm ends sessions by it.
    """

    grants: ClassVar[dict[str, str]] = {
        "hlt_identity": ALL,
        "door": "SELECT, UPDATE (last_seen), DELETE",
        "hlt_region": "SELECT, UPDATE (last_seen), DELETE",
    }
    row_key: ClassVar[str] = "kommunkod"

    # No columns: what `sessions.store.found` reads beside the row.
    person_epoch: int
    is_revoked: bool

    key_hash = models.BinaryField(primary_key=True, max_length=32)
    kommunkod = models.CharField(max_length=6)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    assignment_id = models.UUIDField(null=True)
    sid = models.CharField(max_length=80, db_index=True)
    sub = models.CharField(max_length=80)
    idp = models.CharField(max_length=60)
    organisation_id = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    auth_time = models.BigIntegerField()
    epoch = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    last_seen = models.DateTimeField()
    expires_at = models.DateTimeField()
    refreshed_at = models.DateTimeField()
    tokens_enc = models.BinaryField(null=True)

    class Meta:
        db_table = "session"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kommunkod", key], name=f"session_{key}") for key in ("person", "sub")
        ]


class LoginAttempt(Shared):
    """A sign-in that has begun: one use, five minutes, bound to host and browser."""

    state_hash = models.BinaryField(primary_key=True, max_length=32)
    kommunkod = models.CharField(max_length=6)
    browser_hash = models.BinaryField(max_length=32)
    nonce = models.CharField(max_length=80)
    pkce_verifier = models.CharField(max_length=128)
    asked_level = models.PositiveSmallIntegerField()
    asked_max_age = models.PositiveIntegerField()
    next_path = models.CharField(max_length=500)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "login_attempt"


class RealmLink(Shared):
    """Which organisation of which realm a host stands for; door part b compares the id, never the name."""

    grants: ClassVar[dict[str, str]] = {"hlt_identity": ALL, "door": "SELECT", "hlt_region": "SELECT"}
    row_key: ClassVar[str] = "kommunkod"

    kommunkod = models.CharField(primary_key=True, max_length=6)
    slug = models.CharField(max_length=30)
    issuer = models.CharField(max_length=200)
    kc_org_id = models.CharField(max_length=60, unique=True)
    client_id = models.CharField(max_length=60)

    class Meta:
        db_table = "realm_link"


class KommunIdp(Shared):
    """An identity provider whose word a host takes, from a day until a day (door part c)."""

    grants: ClassVar[dict[str, str]] = {"hlt_identity": ALL, "door": "SELECT", "hlt_region": "SELECT"}
    row_key: ClassVar[str] = "kommunkod"

    kommunkod = models.CharField(max_length=6)
    idp = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "kommun_idp"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommunkod", "idp", "valid_from"], name="kommun_idp_once")
        ]


class Trust(Shared):
    """Which level a provider's word is worth; decided by two persons, dated, never guessed (identity §7)."""

    idp = models.CharField(max_length=60)
    raw_acr = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    decided_by = models.CharField(max_length=80)
    second_by = models.CharField(max_length=80)
    evidence = models.CharField(max_length=200)

    class Meta:
        db_table = "trust"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["idp", "raw_acr", "valid_from"], name="trust_once_per_day"),
            models.CheckConstraint(condition=models.Q(level__lte=4), name="trust_level_known"),
            models.CheckConstraint(condition=~models.Q(decided_by=models.F("second_by")), name="trust_by_two"),
        ]


class RegionMember(Shared):
    """A dated hat on the region's host (domain §4, law §5)."""

    grants: ClassVar[dict[str, str]] = {"hlt_identity": ALL, "hlt_region": "SELECT"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=80)
    role = models.CharField(max_length=30)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "region_member"


class Revoked(Shared):
    """The deny-list: a hashed `sid`, `sub` or `jti` that opens nothing until its time has passed."""

    grants: ClassVar[dict[str, str]] = {"hlt_identity": ALL, "door": "SELECT", "hlt_region": "SELECT"}

    kind = models.CharField(max_length=5)
    value_hash = models.BinaryField(max_length=32)
    until = models.DateTimeField()

    class Meta:
        db_table = "revoked"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "value_hash"], name="revoked_once")
        ]


class IdentityOutbox(Shared, ErrandRow):
    """Work about who may sign in; only beat's login writes rows with a period."""

    grants: ClassVar[dict[str, str]] = {
        "hlt_identity": f"SELECT, INSERT, DELETE, UPDATE ({LEASE_COLUMNS})",
        "hlt_relay": f"SELECT, INSERT, UPDATE ({LEASE_COLUMNS})",
    }
    insert_checks: ClassVar[dict[str, str]] = {"hlt_identity": "period IS NULL", "hlt_relay": "period IS NOT NULL"}

    class Meta:
        db_table = "identity_outbox"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "not_before"], name="identity_outbox_due")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["task", "period"], condition=models.Q(period__isnull=False), name="identity_once_per_period"
            )
        ]


class IdentityInbox(Shared, DoneRow):
    """What was done about who may sign in."""

    grants: ClassVar[dict[str, str]] = {"hlt_identity": "SELECT, INSERT, DELETE"}

    class Meta:
        db_table = "identity_inbox"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event_id", "task"], name="identity_inbox_once")
        ]


class AccessRequest(Shared):
    """Somebody signed in rightly and has no hat here: what the kommun's administration is asked (identity §4).

    `name` is what the person's own provider asserted; it proposes and decides nothing. One per person and host.
    """

    grants: ClassVar[dict[str, str]] = {"hlt_identity": ALL, "admin": "SELECT, DELETE"}
    row_key: ClassVar[str] = "kommunkod"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kommunkod = models.CharField(max_length=6)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=120)
    employee_id = models.CharField(max_length=60, blank=True)
    idp = models.CharField(max_length=60)
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "access_request"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommunkod", "person"], name="access_request_once")
        ]


class Machine(Shared):
    """A system that may ask the regional API by itself: dated, with one role, for one owner (identity §3, §12)."""

    grants: ClassVar[dict[str, str]] = {"hlt_identity": ALL, "hlt_region": "SELECT"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client_id = models.CharField(max_length=60)
    owner = models.CharField(max_length=6)
    role = models.CharField(max_length=30)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "machine"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["client_id", "starts_on"], name="machine_once_per_day")
        ]
