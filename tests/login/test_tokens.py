"""Hostile ID tokens against our own check, with real keys and a real issuer on loopback; nothing is patched out."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from django.conf import settings
from joserfc import jwt
from joserfc.jwk import ECKey

from hlt_identity.oidc.endpoints import issuer
from hlt_identity.oidc.keys import REALM_KEYS, KeycloakUnavailable
from hlt_identity.oidc.tokens import BadToken, half_hash, id_token

CLIENT, NONCE, ACCESS = "hlt-web-lycksele", "n-1", "access-token"
OURS = ECKey.generate_key("P-256", parameters={"kid": "k1", "use": "sig", "alg": "ES256"})
NEXT = ECKey.generate_key("P-256", parameters={"kid": "k2", "use": "sig", "alg": "ES256"})
STRANGE = ECKey.generate_key("P-256", parameters={"kid": "k1"})


class Issuer(BaseHTTPRequestHandler):
    """Answers with the public keys that are in force."""

    keys: ClassVar[list[ECKey]] = [OURS]

    def do_GET(self) -> None:
        body = json.dumps({"keys": [key.as_dict(private=False) for key in Issuer.keys]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture(autouse=True)
def realm() -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Issuer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    before, settings.HLT_KEYCLOAK_URL = settings.HLT_KEYCLOAK_URL, f"http://127.0.0.1:{server.server_port}"
    Issuer.keys = [OURS]
    REALM_KEYS.forget()
    yield
    settings.HLT_KEYCLOAK_URL = before
    server.shutdown()
    server.server_close()


def claims(**changes: object) -> dict[str, Any]:
    now = int(time.time())
    good = {
        "iss": issuer(),
        "aud": CLIENT,
        "azp": CLIENT,
        "sub": "s-1",
        "iat": now,
        "exp": now + 300,
        "nonce": NONCE,
        "at_hash": half_hash(ACCESS),
        "typ": "ID",
    }
    told = {**good, **changes}
    return {key: value for key, value in told.items() if value is not None}


def token(key: Any = OURS, header: dict[str, Any] | None = None, **changes: object) -> str:
    head = {"alg": "ES256", "kid": "k1", **(header or {})}
    return jwt.encode(head, claims(**changes), key, algorithms=[head["alg"]])


def unsigned(**header: object) -> str:
    parts = (json.dumps({"alg": "none", **header}), json.dumps(claims()))
    return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts) + "."


def with_header(**header: object) -> str:
    """Change the header of a good token and leave its signature."""
    head, _, rest = token().partition(".")
    told = {**json.loads(base64.urlsafe_b64decode(head + "==")), **header}
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode() + "." + rest


def read(raw: str) -> Any:
    return id_token(raw, client_id=CLIENT, nonce=NONCE, access_token=ACCESS)


def by_public_key() -> str:
    """Sign as a shared secret with what everybody may read; by hand, since the library refuses to."""
    parts = [json.dumps({"alg": "HS256", "kid": "k1"}).encode(), json.dumps(claims()).encode()]
    signed = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    mac = hmac.new(OURS.as_pem(private=False), signed, "sha256").digest()
    return f"{signed.decode()}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


NOW = int(time.time())
HOSTILE = {
    "another client's audience": lambda: token(aud="hlt-web-umea"),
    "two audiences": lambda: token(aud=[CLIENT, "hlt-web-umea"]),
    "another authorised party": lambda: token(azp="hlt-web-umea"),
    "another issuer": lambda: token(iss="http://id.evil.example/realms/hlt"),
    "alg none": unsigned,
    "HS256 with the public key": by_public_key,
    "a strange key with our kid": lambda: token(STRANGE),
    "garbage for a signature": lambda: token().rpartition(".")[0] + ".AAAA",
    "unknown kid": lambda: token(NEXT, {"kid": "k9"}),
    "jku": lambda: with_header(jku="http://evil.example/keys"),
    "embedded jwk": lambda: with_header(jwk=STRANGE.as_dict(private=False)),
    "crit": lambda: with_header(crit=["exp"]),
    "expired": lambda: token(iat=NOW - 400, exp=NOW - 100),
    "no exp": lambda: token(exp=None),
    "exp as text": lambda: token(exp="2099"),
    "issued in the future": lambda: token(iat=NOW + 3600, exp=NOW + 7200),
    "wrong nonce": lambda: token(nonce="n-2"),
    "no nonce": lambda: token(nonce=None),
    "wrong at_hash": lambda: token(at_hash=half_hash("another")),
    "no at_hash": lambda: token(at_hash=None),
    "an access token": lambda: token(typ="Bearer"),
    "no type": lambda: token(typ=None),
    "exp that is no number": lambda: token(exp=float("nan")),
    "exp without end": lambda: token(exp=float("inf")),
    "nobody": lambda: token(sub=None),
    "far too long": lambda: token(name="x" * 9000),
    "not a token": lambda: "a.b",
}


def test_a_good_token_is_believed() -> None:
    assert read(token())["sub"] == "s-1"


@pytest.mark.threat(6)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_token_is_refused(hostile: Any) -> None:
    raw = hostile()
    with pytest.raises(BadToken) as refusal:
        read(raw)
    assert dict(refusal.value.data) == {}


@pytest.mark.threat(7)
def test_a_new_key_is_known_at_once_and_a_withdrawn_one_dies_with_the_kept_keys() -> None:
    read(token())
    Issuer.keys = [NEXT]
    REALM_KEYS.tried_at -= 31
    assert read(token(NEXT, {"kid": "k2"}))["sub"] == "s-1"
    with pytest.raises(BadToken):
        read(token())


@pytest.mark.threat(8)
@pytest.mark.parametrize(("seconds", "accepted"), [(28, True), (32, False)])
def test_thirty_seconds_of_leeway_and_no_more(seconds: int, accepted: bool) -> None:
    now = int(time.time())
    late = token(iat=now - 300, exp=now - seconds)
    if accepted:
        assert read(late)["sub"] == "s-1"
    else:
        with pytest.raises(BadToken):
            read(late)


def test_without_keys_nobody_is_believed() -> None:
    settings.HLT_KEYCLOAK_URL = "http://127.0.0.1:9"
    with pytest.raises(KeycloakUnavailable):
        read(token())
