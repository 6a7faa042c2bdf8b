"""What our clients ask the realm: Authlib makes the requests, private_key_jwt says who asks (identity §3, §4)."""

import time
from dataclasses import dataclass
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT

from hlt_identity.errors import HltError, _
from hlt_identity.oidc.client_keys import private_key
from hlt_identity.oidc.endpoints import backend, callback_url, issuer, public
from hlt_identity.oidc.keys import KeycloakUnavailable

TIMEOUT = 4.0
ASSERTION_SECONDS = 60


class GrantRefused(HltError):
    """The realm no longer takes the code or the refresh token (`invalid_grant`)."""

    code = "GRANT_REFUSED"
    status = 401
    sentence = _("Inloggningen gäller inte längre.")
    next_step = _("Logga in igen.")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the token endpoint answered; none of it ever reaches a browser but the ID token at sign-out."""

    id_token: str
    access_token: str
    refresh_token: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One sign-in as it is asked for: `acr` None at a silent change of host, where the level is compared anyway."""

    state: str
    nonce: str
    verifier: str
    idp: str
    acr: str | None
    max_age: int


def authorization_url(client_id: str, slug: str, asked: Asked) -> str:
    """Give where the browser goes to sign in: code flow, PKCE, one organisation, one provider, one level."""
    extra = {} if asked.acr is None else {"acr_values": asked.acr}
    with _session(client_id, slug) as session:
        url, _state = session.create_authorization_url(
            public("auth"),
            state=asked.state,
            code_verifier=asked.verifier,
            nonce=asked.nonce,
            max_age=asked.max_age,
            kc_idp_hint=asked.idp,
            **extra,
        )
    return str(url)


def redeem(client_id: str, slug: str, *, code: str, verifier: str) -> Tokens:
    """Trade a code for tokens; raise GrantRefused or KeycloakUnavailable."""
    return _asked(client_id, slug, grant_type="authorization_code", code=code, code_verifier=verifier)


def renew(client_id: str, slug: str, refresh_token: str) -> Tokens:
    """Trade a refresh token for the next ones; raise GrantRefused (only for `invalid_grant`) or KeycloakUnavailable."""
    return _asked(client_id, slug, grant_type="refresh_token", refresh_token=refresh_token)


def _session(client_id: str, slug: str) -> Any:
    session = OAuth2Session(
        client_id,
        private_key(client_id),
        scope=f"openid organization:{slug}",
        redirect_uri=callback_url(slug),
        code_challenge_method="S256",
        token_endpoint_auth_method="private_key_jwt",  # noqa: S106
        default_timeout=TIMEOUT,
    )
    # Made anew for each request: Authlib writes its jti into the claims it is handed, and a realm takes a jti once.
    session.register_client_auth_method(
        PrivateKeyJWT(issuer(), claims={"exp": int(time.time()) + ASSERTION_SECONDS}, alg="ES256")
    )
    return session


def _asked(client_id: str, slug: str, **grant: str) -> Tokens:
    try:
        with _session(client_id, slug) as session:
            told = session.fetch_token(backend("token"), **grant)
        return Tokens(told["id_token"], told["access_token"], told["refresh_token"])
    except OAuthError as refusal:
        # A 5xx, or a fault in our own registration, is no word about the person.
        raise (GrantRefused if refusal.error == "invalid_grant" else KeycloakUnavailable) from None
    except (requests.RequestException, ValueError, KeyError):
        raise KeycloakUnavailable from None
