"""Machines at the regional API: a token for exactly this audience, from a client on our own dated list (identity §12).

A request is judged once, before any page; cookies are neither read nor set here, so no browser can be made to ask.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.timezone import now as instant

from hlt_identity.door import Actor, DoorClosed, MachineStanding, enter_as_machine
from hlt_identity.errors import HltError, NeedsStrongerLogin
from hlt_identity.models import REGION, Machine, Revoked
from hlt_identity.oidc.keys import KeycloakUnavailable
from hlt_identity.oidc.tokens import BadToken, Claims, verified
from hlt_identity.roles import RoleCode
from hlt_identity.sessions.places import host_of
from hlt_identity.sessions.store import hashed

log = logging.getLogger("hlt.login")
AUDIENCE = "hlt-regional"
PATHS = frozenset({"/graphql"})
SCHEME = "bearer "
LEVELS = {3: "http://id.elegnamnden.se/loa/1.0/loa3", 4: "http://id.elegnamnden.se/loa/1.0/loa4"}
DENIED_BY = ("sub", "jti", "sid")


class BearerMiddleware:
    """Set `request.bearer`: who the token stands for, why it is refused, or None when there is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_ours = request.kommun is None and request.path in PATHS  # type: ignore[attr-defined]
        request.bearer = bearer_of(request) if is_ours else None  # type: ignore[attr-defined]
        return self.get_response(request)


def bearer_of(request: HttpRequest) -> Actor | HltError | None:
    """Give the caller of a request by its Authorization header alone."""
    header = request.headers.get("Authorization", "")
    if not header[: len(SCHEME)].lower() == SCHEME:
        return None
    try:
        return machine_actor(header[len(SCHEME) :].strip(), instant())
    except DoorClosed as closed:
        return _refused(BadToken(closed.part))
    except BadToken as refusal:
        return _refused(refusal)
    except KeycloakUnavailable as silence:
        return silence


def _refused(refusal: BadToken) -> BadToken:
    log.warning("bearer token refused: %s", refusal.why)
    return refusal


def machine_actor(raw: str, now: datetime) -> Actor:
    """Give the machine a token stands for; raise BadToken, DoorClosed or KeycloakUnavailable, never let in by default.

    `now` is aware. The list and the deny-list are read on every call: what was ended opens nothing at once.
    """
    claims = verified(raw)
    if claims.get("typ") != "Bearer":
        raise BadToken("typ")
    if claims.get("aud") not in (AUDIENCE, [AUDIENCE]):
        raise BadToken("audience")
    if not all(isinstance(claims.get(name), str) for name in ("sub", "jti", "azp")):
        raise BadToken("form")
    row = listed(claims["azp"], localdate(now))
    if row is None:
        raise BadToken("azp")
    host = host_of(REGION, localdate(now))
    if host is None:
        raise BadToken("organisation")
    return enter_as_machine(_standing(row, claims, now), host.place)


def listed(client_id: str, on: date) -> Machine | None:
    """Give the row that lets a client in on a day, as the region's own login reads it; None for every other client."""
    in_force = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))
    return Machine.objects.using("regional").filter(in_force, client_id=client_id).first()


def _standing(row: Machine, claims: Claims, now: datetime) -> MachineStanding:
    return MachineStanding(
        machine_id=row.id,
        owner=row.owner,
        role=RoleCode(row.role),
        organisations=organisations_of(claims),
        issued_at=float(claims["iat"]),
        is_live=not is_denied(claims, now),
    )


def organisations_of(claims: Claims) -> Mapping[str, str]:
    """Give what a token is bound to; a client of ours is bound by its row, so an absent claim binds to nothing more."""
    told: Any = claims.get("organization", {})
    if not isinstance(told, dict):
        raise BadToken("organisation")
    return {alias: str(row.get("id")) if isinstance(row, dict) else "" for alias, row in told.items()}


def is_denied(claims: Claims, now: datetime) -> bool:
    """Tell whether the token, its subject or its session was taken back: one read by key."""
    pairs = {(kind, hashed(claims[kind])) for kind in DENIED_BY if isinstance(claims.get(kind), str)}
    kept = Revoked.objects.using("regional").filter(until__gt=now, value_hash__in=[value for _kind, value in pairs])
    return any((kind, bytes(value)) in pairs for kind, value in kept.values_list("kind", "value_hash"))


def challenge(refusal: HltError | None) -> str:
    """Give `WWW-Authenticate` for a refused call (RFC 6750 §3, RFC 9470 §3); no word of the token comes back."""
    realm = f'Bearer realm="{AUDIENCE}"'
    if isinstance(refusal, NeedsStrongerLogin):
        level, max_age = refusal.data.get("level"), refusal.data.get("max_age")
        asked = f', acr_values="{LEVELS[level]}"' if isinstance(level, int) and level in LEVELS else ""
        age = f', max_age="{max_age}"' if max_age else ""
        return f'{realm}, error="insufficient_user_authentication"{asked}{age}'
    return realm if refusal is None else f'{realm}, error="invalid_token"'
