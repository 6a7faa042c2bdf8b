"""Signing in over plain HTTP through the real Keycloak: as a browser does it, or as one of our clients sees it."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from hlt_identity.oidc.assertion import assertion
from hlt_identity.oidc.endpoints import backend, callback_url, public
from hlt_platform.demo.browsing import Browser
from hlt_platform.demo.people import CAST

PASSWORDS = {player.user: player.password for player in CAST}


def claims_of(token: str) -> dict[str, Any]:
    """Read a token without believing it: what the server said."""
    told: dict[str, Any] = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return told


@dataclass
class Client:
    """The client of one host, driven by hand: what arrives at its redirect URI, and what the token endpoint answers."""

    slug: str
    browser: Browser = field(default_factory=Browser)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def client_id(self) -> str:
        return f"hlt-web-{self.slug}"

    @property
    def redirect_uri(self) -> str:
        return callback_url(self.slug)

    def link(self, idp: str | None = None, organisation: str | None = None, **more: str) -> str:
        """Give the address that begins a sign-in: own provider and organisation unless said otherwise."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": self.client_id,
            "response_type": "code",
            "scope": f"openid organization:{organisation or self.slug}",
            "redirect_uri": self.redirect_uri,
            "state": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "max_age": "3600",
            "kc_idp_hint": idp or f"idp-{self.slug}",
            **more,
        }
        return f"{public('auth')}?{urlencode({k: v for k, v in asked.items() if v})}"

    def arrive(self, user: str, **link: Any) -> dict[str, str]:
        """Sign in as a member of the cast; give the callback's parameters, or {"page": status} when none came."""
        answer = self.browser.sign_in(self.link(**link), user, PASSWORDS.get(user, ""), until=self.redirect_uri)
        if not answer.is_redirect:
            return {"page": str(answer.status_code)}
        return {key: values[0] for key, values in parse_qs(urlsplit(self.browser.hops[-1]).query).items()}

    def token(self, **form: str) -> requests.Response:
        return requests.post(backend("token"), data={**assertion(self.client_id), **form}, timeout=10)

    def redeem(self, code: str) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "redirect_uri": self.redirect_uri, "code_verifier": self.verifier}
        answer = self.token(code=code, **form)
        assert answer.ok, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def sign_in(self, user: str, **link: Any) -> dict[str, Any]:
        """Give the claims of the ID token that a sign-in ends with."""
        arrived = self.arrive(user, **link)
        assert "code" in arrived, arrived
        return claims_of(self.redeem(arrived["code"])["id_token"])
