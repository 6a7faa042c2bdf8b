"""Session rows: found by the host's own login, made and changed by `hlt_identity` alone."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connections, transaction
from django.utils.timezone import now as instant

from hlt_identity.models import Person, Session
from hlt_identity.sessions.places import alias_of
from hlt_identity.sessions.rules import ABSOLUTE
from hlt_identity.sessions.sealing import Kept, seal, unseal

KEY_BYTES = 32
# As text, since building the same with Django costs a page more than asking it. Columns by name: a kept plan of `s.*`
# fails when a migration adds one.
KNOWN = """
SELECT s.key_hash, s.kommunkod, s.person_id, s.assignment_id, s.sid, s.sub, s.idp, s.organisation_id, s.level,
    s.auth_time, s.epoch, s.created_at, s.last_seen, s.expires_at, s.refreshed_at, s.tokens_enc,
    p.epoch AS person_epoch,
    EXISTS (
        SELECT 1 FROM revoked r WHERE r.until > %(now)s AND (r.kind, r.value_hash) IN (
            ('sid', sha256(convert_to(s.sid, 'UTF8'))), ('sub', sha256(convert_to(s.sub, 'UTF8')))
        )
    ) AS is_revoked
FROM session s JOIN person p ON p.id = s.person_id WHERE s.key_hash = %(key_hash)s
"""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a callback proved about who signs in, as a session keeps it."""

    person_id: UUID
    sid: str
    sub: str
    idp: str
    organisation_id: str
    level: int
    auth_time: int


def hashed(value: str) -> bytes:
    """Give the SHA-256 by which keys, states and ids are kept instead of themselves."""
    return sha256(value.encode()).digest()


def public_id(key_hash: bytes | memoryview) -> UUID:
    """Give the id by which logs name a session; it leads back to neither key nor row."""
    return UUID(bytes=sha256(b"session id" + bytes(key_hash)).digest()[:16])


def found(kommunkod: str, key: str, now: datetime) -> Session | None:
    """Give the session of a key as this host's login sees it: a row of another host is not there at all.

    Its `person_epoch`, and whether the deny-list names its sid or its subject at `now`, are of the same moment.
    """
    rows = Session.objects.using(alias_of(kommunkod)).raw(KNOWN, {"key_hash": hashed(key), "now": now})
    return next(iter(rows), None)


def made(kommunkod: str, proof: Proof, assignment: UUID | None, kept: Kept) -> str:
    """Open a session and give its key, which is kept nowhere; `assignment` None = several hats, none chosen yet."""
    key, now = secrets.token_urlsafe(KEY_BYTES), instant()
    epoch = Person.objects.values_list("epoch", flat=True).get(id=proof.person_id)
    Session(
        key_hash=hashed(key),
        kommunkod=kommunkod,
        person_id=proof.person_id,
        assignment_id=assignment,
        sid=proof.sid,
        sub=proof.sub,
        idp=proof.idp,
        organisation_id=proof.organisation_id,
        level=proof.level,
        auth_time=proof.auth_time,
        epoch=epoch,
        created_at=now,
        last_seen=now,
        expires_at=now + ABSOLUTE,
        refreshed_at=now,
        tokens_enc=seal(kept, key_hash=hashed(key), kommunkod=kommunkod),
    ).save(force_insert=True, using="identity")
    return key


def rekeyed(session: Session, assignment: UUID) -> str:
    """Move a session to another hat under a new key; the old key opens nothing from this moment."""
    key = secrets.token_urlsafe(KEY_BYTES)
    with transaction.atomic(using="identity"):
        row = Session.objects.using("identity").select_for_update().get(key_hash=session.key_hash)
        tokens = _resealed(row, key)
        row.delete()
        row.key_hash, row.assignment_id, row.tokens_enc = hashed(key), assignment, tokens
        row.save(force_insert=True, using="identity")
    return key


def _resealed(row: Session, key: str) -> bytes | None:
    old = row.tokens_enc and unseal(row.tokens_enc, key_hash=row.key_hash, kommunkod=row.kommunkod)
    return seal(old, key_hash=hashed(key), kommunkod=row.kommunkod) if old else None


def touch(session: Session, now: datetime) -> None:
    """Note that somebody is still there; doors are read-only until they say otherwise."""
    alias = alias_of(session.kommunkod)
    with transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")
        Session.objects.using(alias).filter(key_hash=session.key_hash).update(last_seen=now)


def end(key_hash: bytes | memoryview) -> None:
    """End one session; a second call changes nothing."""
    Session.objects.using("identity").filter(key_hash=key_hash).delete()
