"""The realm's public keys, kept ten minutes at most."""

import threading
import time
from dataclasses import dataclass, field

import requests
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from hlt_identity.errors import HltError, _
from hlt_identity.oidc.endpoints import backend

KEEP_SECONDS = 600.0
RETRY_SECONDS = 30.0
TIMEOUT = 5.0


class KeycloakUnavailable(HltError):
    """The realm does not answer; who is signed in goes on working."""

    code = "UNAVAILABLE"
    status = 503
    sentence = _("Inloggningen svarar inte just nu.")
    next_step = _("Försök igen om en stund. Det du har sparat finns kvar.")


@dataclass
class RealmKeys:
    """The realm's public keys. An unknown `kid` is asked for at once, but not more often than every 30 s (§8)."""

    keys: KeySet | None = None
    fetched_at: float = 0.0
    tried_at: float = field(default=float("-inf"))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def with_kid(self, kid: object) -> ECKey | None:
        """Give the elliptic-curve key of that id, or None; raise KeycloakUnavailable when no fresh keys are to be had.

        A key that the realm withdrew is dead ten minutes later at the latest.
        """
        with self.lock:
            now = time.monotonic()
            stale = self.keys is None or now - self.fetched_at > KEEP_SECONDS
            if stale or (self._find(kid) is None and now - self.tried_at > RETRY_SECONDS):
                self._fetch(now, required=stale)
            return self._find(kid)

    def forget(self) -> None:
        self.keys, self.tried_at = None, float("-inf")

    def _find(self, kid: object) -> ECKey | None:
        found = [key for key in (self.keys.keys if self.keys else []) if key.kid == kid]
        return found[0] if len(found) == 1 and isinstance(found[0], ECKey) else None

    def _fetch(self, now: float, *, required: bool) -> None:
        self.tried_at = now
        try:
            answer = requests.get(backend("certs"), timeout=TIMEOUT)
            answer.raise_for_status()
            told = [key for key in answer.json()["keys"] if key.get("kty") == "EC"]
            self.keys, self.fetched_at = KeySet.import_key_set({"keys": told}), now
        except (requests.RequestException, ValueError, KeyError, JoseError):
            if required:
                raise KeycloakUnavailable from None


REALM_KEYS = RealmKeys()
