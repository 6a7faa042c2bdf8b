"""A programmable realm on loopback: real sockets, real keys; it says the truth unless a test tells it to lie."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from django.conf import settings
from joserfc import jwt
from joserfc.jwk import ECKey

from hlt_identity.oidc.client_keys import public_key
from hlt_identity.oidc.endpoints import issuer
from hlt_identity.oidc.keys import REALM_KEYS
from hlt_identity.oidc.tokens import half_hash
from hlt_identity.sessions.refreshing import SILENCE

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
Claims = dict[str, Any]


def new_key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", parameters={"kid": kid, "use": "sig", "alg": "ES256"})


@dataclass
class Realm:
    """What the realm knows and how it answers; every field may be changed by a test."""

    key: ECKey = field(default_factory=lambda: new_key("k1"))
    published: list[ECKey] = field(default_factory=list)
    codes: dict[str, Claims] = field(default_factory=dict)
    refresh_tokens: dict[str, Claims] = field(default_factory=dict)
    assertions: list[Claims] = field(default_factory=list)
    refreshes: int = 0
    is_down: bool = False
    refresh_answer: Callable[[], tuple[int, Claims]] | None = None
    forge: Callable[[Claims, str], str] | None = None
    seconds_to_answer: float = 0.0
    visitor: Claims = field(default_factory=dict)
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def code_for(self, asked: str, claims: Claims) -> str:
        """Give the code that a sign-in asked for by this address would bring, for a person with these claims."""
        told = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        code = str(uuid4())
        self.codes[code] = {"asked": told, "claims": claims}
        return code

    def signed(self, claims: Claims, **header: str) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.key.kid, **header}, claims, self.key, algorithms=["ES256"])

    def tokens(self, client: str, claims: Claims, nonce: str | None) -> Claims:
        now, access = int(time.time()), f"access-{uuid4()}"
        told = {
            "iss": issuer(),
            "aud": client,
            "azp": client,
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "typ": "ID",
            "at_hash": half_hash(access),
            "jti": str(uuid4()),
            **({"nonce": nonce} if nonce else {}),
            **claims,
        }
        kept = {name: value for name, value in told.items() if value is not None}
        raw = self.forge(kept, access) if self.forge else self.signed(kept)
        refresh = f"refresh-{uuid4()}"
        with self.lock:
            self.refresh_tokens[refresh] = {"client": client, "claims": claims}
        return {"access_token": access, "token_type": "Bearer", "id_token": raw, "refresh_token": refresh}

    def answer(self, form: dict[str, str]) -> tuple[int, Claims]:
        """Answer the token endpoint as the real server does; a wrong client, code or verifier gets nothing."""
        client = self.client_of(form)
        if client is None:
            return 401, {"error": "invalid_client"}
        if form.get("grant_type") == "refresh_token":
            return self.refreshed(client, form["refresh_token"])
        kept = self.codes.pop(form.get("code", ""), None)
        asked = kept["asked"] if kept else {}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        fits = (asked.get("client_id"), asked.get("redirect_uri"), asked.get("code_challenge")) == (
            client,
            form.get("redirect_uri"),
            challenge.rstrip(b"=").decode(),
        )
        if not kept or not fits:
            return 400, {"error": "invalid_grant"}
        return 200, self.tokens(client, kept["claims"], asked["nonce"])

    def refreshed(self, client: str, token: str) -> tuple[int, Claims]:
        """Rotate: a token is good once, and its second use is refused."""
        with self.lock:
            self.refreshes += 1
            kept = self.refresh_tokens.pop(token, None)
        time.sleep(self.seconds_to_answer)
        if self.refresh_answer is not None:
            return self.refresh_answer()
        if kept is None or kept["client"] != client:
            return 400, {"error": "invalid_grant"}
        return 200, self.tokens(client, kept["claims"], None)

    def client_of(self, form: dict[str, str]) -> str | None:
        """Check the client's own signature: its key, our issuer as audience, a jti that was never seen."""
        assertion = form.get("client_assertion", "")
        try:
            payload = assertion.split(".")[1]
            client = str(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["sub"])
            key = ECKey.import_key(public_key(client))  # type: ignore[arg-type]
            told = dict(jwt.decode(assertion, key, algorithms=["ES256"]).claims)
        except (ValueError, OSError, IndexError, KeyError):
            return None
        fresh = told["jti"] not in {one["jti"] for one in self.assertions} and told["exp"] - time.time() <= 60
        self.assertions.append(told)
        return client if (told["sub"], told["aud"]) == (client, issuer()) and fresh else None


def handler_of(realm: Realm) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            if "/auth?" in self.path:
                return self.send_on(
                    told["redirect_uri"], state=told["state"], code=realm.code_for(self.path, realm.visitor)
                )
            if "/logout?" in self.path:
                return self.send_on(told["post_logout_redirect_uri"])
            keys = realm.published or [realm.key]
            self.reply(503 if realm.is_down else 200, {"keys": [key.as_dict(private=False) for key in keys]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.reply(*((503, {}) if realm.is_down else realm.answer(form)))

        def send_on(self, where: str, **told: str) -> None:
            """Send a browser back at once: the visitor has said at the provider who they are."""
            self.send_response(302)
            self.send_header("Location", f"{where}?{urlencode({**told, 'iss': issuer()})}" if told else where)
            self.end_headers()

        def reply(self, status: int, told: Claims) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Keep the test's output clean."""

    return Handler


@contextmanager
def running() -> Iterator[Realm]:
    """Let the platform meet this realm until the block ends."""
    realm = Realm()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(realm))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    realm.port = server.server_port
    before, settings.HLT_KEYCLOAK_URL = settings.HLT_KEYCLOAK_URL, f"http://127.0.0.1:{realm.port}"
    REALM_KEYS.forget()
    SILENCE.forget()
    try:
        yield realm
    finally:
        settings.HLT_KEYCLOAK_URL = before
        REALM_KEYS.forget()
        SILENCE.forget()
        server.shutdown()
        server.server_close()
        thread.join()
