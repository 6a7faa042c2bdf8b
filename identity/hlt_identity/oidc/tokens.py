"""What a token must be before a word of it is believed: ES256 by a known key, ours, now (identity §4, §12)."""

import base64
import hashlib
import hmac
import json
import math
import time
from collections.abc import Mapping
from typing import Any, TypeGuard

from joserfc import jwt
from joserfc.errors import JoseError

from hlt_identity.errors import HltError, _
from hlt_identity.oidc.endpoints import issuer
from hlt_identity.oidc.keys import REALM_KEYS

ALGORITHM = "ES256"
MOST_BYTES = 8192
LEEWAY = 30
FORBIDDEN_HEADERS = frozenset({"crit", "jku", "x5u", "x5c", "jwk"})
Claims = Mapping[str, Any]


class BadToken(HltError):
    """A token that is refused; `why` is for the log, and is one of our own words, never a piece of the token."""

    code = "BAD_TOKEN"
    status = 401
    sentence = _("Inloggningen gick inte att kontrollera.")
    next_step = _("Logga in igen.")

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


def header_of(raw: str) -> Claims:
    """Read a compact token's header before anything is verified; raise BadToken for what no honest issuer sends."""
    if len(raw) > MOST_BYTES or raw.count(".") != 2:
        raise BadToken("form")
    try:
        part = raw.partition(".")[0]
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        raise BadToken("form") from None
    if not isinstance(header, dict) or header.get("alg") != ALGORITHM or FORBIDDEN_HEADERS & header.keys():
        raise BadToken("header")
    return header


def verified(raw: str, *, typ: str | None = None) -> Claims:
    """Give the claims of a token signed by the realm; issuer and times are checked, audience is the caller's part.

    `typ` is the header's type when the kind of token demands one. Raises BadToken, KeycloakUnavailable.
    """
    header = header_of(raw)
    if typ is not None and str(header.get("typ", "")).lower() != typ:
        raise BadToken("typ")
    key = REALM_KEYS.with_kid(header.get("kid"))
    if key is None:
        raise BadToken("key")
    try:
        claims = jwt.decode(raw, key, algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError):
        raise BadToken("signature") from None
    _check_times(claims)
    if claims.get("iss") != issuer():
        raise BadToken("issuer")
    return claims


def _check_times(claims: Claims) -> None:
    now, issued, expires, begins = time.time(), claims.get("iat"), claims.get("exp"), claims.get("nbf", 0)
    if not (_is_time(issued) and _is_time(expires) and _is_time(begins)):
        raise BadToken("times")
    if not max(issued, begins) - LEEWAY <= now <= expires + LEEWAY:
        raise BadToken("times")


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def id_token(raw: str, *, client_id: str, nonce: str | None, access_token: str) -> Claims:
    """Give the claims of an ID token made for one client; `nonce` None after a refresh, which carries none (§19)."""
    claims = verified(raw)
    if claims.get("aud") not in (client_id, [client_id]) or claims.get("azp") != client_id:
        raise BadToken("audience")
    if claims.get("typ") != "ID" or not isinstance(claims.get("sub"), str):
        raise BadToken("typ")
    if nonce is not None and not same(claims.get("nonce"), nonce):
        raise BadToken("nonce")
    if not same(claims.get("at_hash"), half_hash(access_token)):
        raise BadToken("at_hash")
    return claims


def half_hash(access_token: str) -> str:
    """Give OpenID Connect's `at_hash`: the left half of SHA-256, base64url without padding (Core §3.1.3.6)."""
    return base64.urlsafe_b64encode(hashlib.sha256(access_token.encode()).digest()[:16]).rstrip(b"=").decode()


def same(told: object, wanted: str) -> bool:
    return isinstance(told, str) and hmac.compare_digest(told.encode(), wanted.encode())
