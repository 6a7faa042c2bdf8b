"""The realm says that somebody signed out elsewhere: one signed word, one DELETE (identity §9)."""

import logging
import time
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now as instant

from hlt_identity.models import RealmLink, Revoked, Session
from hlt_identity.oidc.keys import KeycloakUnavailable
from hlt_identity.oidc.tokens import LEEWAY, BadToken, Claims, verified
from hlt_identity.sessions.rules import ABSOLUTE
from hlt_identity.sessions.store import hashed

log = logging.getLogger("hlt.login")
EVENT = "http://schemas.openid.net/event/backchannel-logout"
LONGEST_LIFE = 120
JTI_KEPT = timedelta(seconds=300)


def backchannel_logout(request: HttpRequest) -> HttpResponse:
    """Answer the realm on any host name: the token's audience says whose client is meant; no cookie is read."""
    if request.method != "POST":
        return _answer(405)
    try:
        claims = logout_token(request.POST.get("logout_token", ""))
        end_sessions(claims, instant())
    except BadToken as refusal:
        log.warning("logout token refused: %s", refusal.why)
        return _answer(400)
    except KeycloakUnavailable:
        return _answer(503)
    return _answer(200)


def logout_token(raw: str) -> Claims:
    """Give the claims of a logout token; raise BadToken with the first thing that an honest realm would not send."""
    claims = verified(raw, typ="logout+jwt")
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if len(named) != 1 or not RealmLink.objects.using("identity").filter(client_id=str(named[0])).exists():
        raise BadToken("audience")
    if claims["exp"] - claims["iat"] > LONGEST_LIFE or time.time() - claims["iat"] > LONGEST_LIFE + LEEWAY:
        raise BadToken("times")
    if "nonce" in claims or not isinstance(claims.get("jti"), str):
        raise BadToken("form")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise BadToken("events")
    if not any(isinstance(claims.get(name), str) and claims[name] for name in ("sid", "sub")):
        raise BadToken("subject")
    return claims


def end_sessions(claims: Claims, now: datetime) -> None:
    """End the realm's session `sid` on every host, or, without one, all of the subject's; once per `jti`.

    The realm's sessions go on the deny-list, so that a sign-in on its way and a bearer token end with them.
    """
    Revoked.objects.using("identity").filter(until__lt=now).delete()
    try:
        Revoked(kind="jti", value_hash=hashed(claims["jti"]), until=now + JTI_KEPT).save(using="identity")
    except IntegrityError:
        raise BadToken("jti") from None
    rows = Session.objects.using("identity")
    sid = claims.get("sid")
    ended = rows.filter(sid=sid) if isinstance(sid, str) else rows.filter(sub=claims["sub"])
    sids = {sid} if isinstance(sid, str) else set(ended.values_list("sid", flat=True))
    ended.delete()
    listed = [Revoked(kind="sid", value_hash=hashed(one), until=now + ABSOLUTE) for one in sids if one]
    Revoked.objects.using("identity").bulk_create(listed, ignore_conflicts=True)


def _answer(status: int) -> HttpResponse:
    return HttpResponse(status=status, headers={"Cache-Control": "no-store"})
