"""A sign-in that has begun: bound to host, browser and five minutes, and good for one answer (identity §4)."""

import secrets
from datetime import datetime, timedelta

from hlt_identity.models import LoginAttempt
from hlt_identity.oidc.client import Asked
from hlt_identity.sessions.store import hashed

LIFETIME = timedelta(seconds=300)
SECRET_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def begin(kommunkod: str, asked: Asked, *, level: int, browser: str, next_path: str, now: datetime) -> None:
    """Write down what was asked; what is older than five minutes goes in the same breath."""
    LoginAttempt.objects.using("identity").filter(created_at__lt=now - LIFETIME).delete()
    LoginAttempt(
        state_hash=hashed(asked.state),
        kommunkod=kommunkod,
        browser_hash=hashed(browser),
        nonce=asked.nonce,
        pkce_verifier=asked.verifier,
        asked_level=level,
        asked_max_age=asked.max_age,
        next_path=next_path,
        created_at=now,
    ).save(force_insert=True, using="identity")


def take(kommunkod: str, *, state: str, browser: str | None, now: datetime) -> LoginAttempt | None:
    """Give the attempt of a state and use it up; None when it is unknown, used, late, of another host or browser.

    Whoever brings a state uses it up, also from the wrong place: a second try never gets a second chance.
    """
    rows = LoginAttempt.objects.using("identity")
    attempt = rows.filter(state_hash=hashed(state)).first()
    if attempt is None or not rows.filter(state_hash=attempt.state_hash).delete()[0]:
        return None
    same_place = attempt.kommunkod == kommunkod and attempt.browser_hash == hashed(browser or "")
    return attempt if same_place and now - attempt.created_at <= LIFETIME else None
