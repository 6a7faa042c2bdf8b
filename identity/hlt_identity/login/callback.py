"""The answer of the realm, believed step by step in one order; the first step that fails ends it (identity §4.3)."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from hlt_identity.door import DoorClosed, MembershipSource, Part, Standing, check_door, hats
from hlt_identity.login.attempts import take
from hlt_identity.login.errors import LoginRefused, Why
from hlt_identity.login.people import ask_to_be_let_in, forget_request, is_blocked, known_person, person_of
from hlt_identity.login.starting import trusted
from hlt_identity.models import LoginAttempt
from hlt_identity.oidc.client import GrantRefused, Tokens, redeem
from hlt_identity.oidc.keys import KeycloakUnavailable
from hlt_identity.oidc.tokens import LEEWAY, BadToken, Claims, id_token
from hlt_identity.sessions.hats import note_hat
from hlt_identity.sessions.places import SignInHost
from hlt_identity.sessions.sealing import Kept
from hlt_identity.sessions.store import Proof, made
from hlt_identity.trust import level_of

log = logging.getLogger("hlt.login")
WHY_OF_PART = {Part.SESSION: Why.BLOCKED, Part.ORGANISATION: Why.ORGANISATION, Part.IDP: Why.IDP}
WHY_OF_ERROR = {
    "temporarily_unavailable": Why.UNAVAILABLE,
    "server_error": Why.UNAVAILABLE,
    "invalid_scope": Why.ORGANISATION,
}
STRANGER = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody is in: the new session's key, where they wanted to go, and whether a hat must be chosen first."""

    key: str
    next_path: str
    must_choose: bool


def finish(
    told: Mapping[str, str], *, browser: str | None, host: SignInHost, source: MembershipSource, now: datetime
) -> Entered:
    """Turn the realm's answer into a session; raise LoginRefused with the first thing that does not hold."""
    idp = "unknown"
    try:
        attempt = _attempt(told, host, browser, now)
        tokens, claims = _tokens(told["code"], attempt, host)
        idp = claims["idp"] if claims.get("idp") in host.place.idps else idp
        standing = _standing(claims, host, source, now)
        has_hat = _has_hat(standing, host)
        _check_strength(standing, attempt, now)
        if not has_hat:
            raise _outside(standing, claims, host, source, now)
        return _entered(standing, attempt, tokens, claims, host)
    except LoginRefused as refusal:
        log.info("refused %s on %s by %s", refusal.why, host.kommunkod, idp)
        raise


def _attempt(told: Mapping[str, str], host: SignInHost, browser: str | None, now: datetime) -> LoginAttempt:
    attempt = take(host.kommunkod, state=told.get("state", ""), browser=browser, now=now)
    if attempt is None:
        raise LoginRefused(Why.CONTEXT)
    if told.get("iss") != host.issuer:
        raise LoginRefused(Why.ISSUER)
    if "code" not in told:
        raise LoginRefused(WHY_OF_ERROR.get(told.get("error", ""), Why.CONTEXT))
    return attempt


def _tokens(code: str, attempt: LoginAttempt, host: SignInHost) -> tuple[Tokens, Claims]:
    try:
        tokens = redeem(host.client_id, host.slug, code=code, verifier=attempt.pkce_verifier)
        claims = id_token(
            tokens.id_token, client_id=host.client_id, nonce=attempt.nonce, access_token=tokens.access_token
        )
    except (GrantRefused, BadToken):
        raise LoginRefused(Why.TOKEN) from None
    except KeycloakUnavailable:
        raise LoginRefused(Why.UNAVAILABLE) from None
    if not isinstance(claims.get("sid"), str) or type(claims.get("auth_time")) is not int:
        raise LoginRefused(Why.TOKEN)
    return tokens, claims


def _standing(claims: Claims, host: SignInHost, source: MembershipSource, now: datetime) -> Standing:
    """Say what the token proved and what the rows say; nobody is made here, so a stranger has no rows."""
    today, idp = localdate(now), str(claims.get("idp"))
    person = known_person(host.issuer, claims["sub"])
    return Standing(
        person_id=person or STRANGER,
        kommunkod=host.kommunkod,
        assignment_id=None,
        organisations=organisations_of(claims),
        idp=idp,
        level=level_of(trusted(idp, today), idp, claims.get("idp_acr"), today),
        auth_time=float(claims["auth_time"]),
        session_id=STRANGER,
        is_live=not is_blocked(claims["sub"], now),
        assignments=source.live_assignments(person, today) if person else (),
    )


def organisations_of(claims: Claims) -> dict[str, str]:
    """Read the claim `{alias: {"id": …}}`; any other shape is no organisation at all."""
    told = claims.get("organization")
    if not isinstance(told, dict):
        return {}
    return {alias: str(facts.get("id")) if isinstance(facts, dict) else "" for alias, facts in told.items()}


def _has_hat(standing: Standing, host: SignInHost) -> bool:
    """Ask all four parts of the door; only a missing row is left to be answered later, after level and freshness."""
    try:
        check_door(standing, host.place)
    except DoorClosed as closed:
        if closed.part is not Part.ROW:
            raise LoginRefused(WHY_OF_PART[closed.part]) from None
        return False
    return True


def _check_strength(standing: Standing, attempt: LoginAttempt, now: datetime) -> None:
    """Compare with what was asked: who strips parameters from the address gains nothing."""
    if standing.level < attempt.asked_level:
        raise LoginRefused(Why.LEVEL)
    if not -LEEWAY <= now.timestamp() - standing.auth_time <= attempt.asked_max_age + LEEWAY:
        raise LoginRefused(Why.FRESHNESS)


def _outside(
    standing: Standing, claims: Claims, host: SignInHost, source: MembershipSource, now: datetime
) -> LoginRefused:
    """Say to who has no hat here whether one has ended; leave a request for everybody else."""
    person = person_of(host.issuer, claims["sub"])
    note_hat(person=person, kommunkod=host.kommunkod, has_hat=bool(standing.assignments))
    if not standing.assignments and source.had_one(person):
        return LoginRefused(Why.ENDED)
    ask_to_be_let_in(host.kommunkod, person, claims, idp=standing.idp, now=now)
    return LoginRefused(Why.NO_ROW)


def _entered(standing: Standing, attempt: LoginAttempt, tokens: Tokens, claims: Claims, host: SignInHost) -> Entered:
    worn = hats(standing, host.place)
    chosen = worn[0].assignment_id if len(worn) == 1 else None
    (organisation_id,) = standing.organisations.values()
    proof = Proof(
        person_id=standing.person_id,
        sid=claims["sid"],
        sub=claims["sub"],
        idp=standing.idp,
        organisation_id=organisation_id,
        level=standing.level,
        auth_time=int(standing.auth_time),
    )
    key = made(host.kommunkod, proof, chosen, Kept(tokens.refresh_token, tokens.id_token))
    note_hat(person=standing.person_id, kommunkod=host.kommunkod, has_hat=True)
    forget_request(host.kommunkod, standing.person_id)
    log.info("entered %s by %s", host.kommunkod, standing.idp)
    return Entered(key, attempt.next_path, must_choose=chosen is None)
