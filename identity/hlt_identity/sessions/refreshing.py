"""Asking the realm every four minutes whether the person may still be here; one request asks, the others go on."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from hlt_identity.models import Session
from hlt_identity.oidc.client import GrantRefused, Tokens, renew
from hlt_identity.oidc.keys import KeycloakUnavailable
from hlt_identity.oidc.tokens import BadToken, id_token
from hlt_identity.sessions.places import SignInHost
from hlt_identity.sessions.rules import REFRESH_AFTER, WITHOUT_REALM, Ending
from hlt_identity.sessions.sealing import Kept, seal, unseal

SILENT_SECONDS = 15.0


@dataclass
class Silence:
    """The realm did not answer a moment ago: not every request of every session waits for it again."""

    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def holds(self) -> bool:
        with self.lock:
            return time.monotonic() < self.until

    def begin(self) -> None:
        with self.lock:
            self.until = time.monotonic() + SILENT_SECONDS

    def forget(self) -> None:
        with self.lock:
            self.until = 0.0


SILENCE = Silence()


def kept_alive(session: Session, host: SignInHost, now: datetime) -> Ending | None:
    """Refresh a session when it is due; None = it lives, also for fifteen minutes in which the realm is silent."""
    if session.tokens_enc is None:
        return Ending.FROZEN
    if now - session.refreshed_at <= REFRESH_AFTER:
        return None
    if not SILENCE.holds():
        try:
            return _refreshed(session, host, now)
        except KeycloakUnavailable:
            SILENCE.begin()
    return Ending.UNAVAILABLE if now - session.refreshed_at > WITHOUT_REALM else None


def _refreshed(session: Session, host: SignInHost, now: datetime) -> Ending | None:
    """Do it under the row's lock; who does not get the lock goes on with the old state while another asks.

    Reuse of a rotated refresh token ends the newest one too (§19), so two must never ask at once.
    """
    with transaction.atomic(using="identity"):
        rows = Session.objects.using("identity").select_for_update(skip_locked=True, of=("self",))
        row = rows.filter(key_hash=session.key_hash, refreshed_at=session.refreshed_at).first()
        if row is None:
            return None
        renewed = _renewed(row, host)
        row.tokens_enc = renewed and seal(renewed, key_hash=row.key_hash, kommunkod=row.kommunkod)
        row.refreshed_at = now if renewed else row.refreshed_at
        row.save(using="identity", update_fields=["tokens_enc", "refreshed_at"])
    return None if renewed else Ending.FROZEN


def _renewed(row: Session, host: SignInHost) -> Kept | None:
    """Give the next tokens, None when the realm says no or answers for somebody else; raise KeycloakUnavailable."""
    kept = row.tokens_enc and unseal(row.tokens_enc, key_hash=row.key_hash, kommunkod=row.kommunkod)
    if not kept:
        return None
    try:
        tokens = renew(host.client_id, host.slug, kept.refresh_token)
        told = _claims(tokens, host)
    except (GrantRefused, BadToken):
        return None
    same = (told.get("sub"), told.get("sid")) == (row.sub, row.sid)
    return Kept(tokens.refresh_token, tokens.id_token) if same else None


def _claims(tokens: Tokens, host: SignInHost) -> dict[str, object]:
    return dict(id_token(tokens.id_token, client_id=host.client_id, nonce=None, access_token=tokens.access_token))
