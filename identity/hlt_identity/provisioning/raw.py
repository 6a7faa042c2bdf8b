"""The one connection to Keycloak's admin interface, which counts its writes, and calls that python-keycloak lacks."""

import json
from typing import Any

import requests
from django.conf import settings
from keycloak import KeycloakAdmin, KeycloakOpenIDConnection

from hlt_identity.oidc.assertion import assertion
from hlt_identity.oidc.endpoints import REALM, backend
from hlt_identity.oidc.keys import TIMEOUT, KeycloakUnavailable

PROVISIONER = "hlt-provisioner"


class Connection(KeycloakOpenIDConnection):
    """Counts reads and writes. Never shared between threads, never repeats a write by itself (identity §12)."""

    def __init__(self, **words: Any) -> None:
        self.reads = self.writes = 0
        super().__init__(server_url=settings.HLT_KEYCLOAK_URL, realm_name=REALM, max_retries=0, **words)

    def raw_get(self, *words: Any, **more: Any) -> requests.Response:
        self.reads += 1
        return super().raw_get(*words, **more)

    def raw_post(self, *words: Any, **more: Any) -> requests.Response:
        self.writes += 1
        return super().raw_post(*words, **more)

    def raw_put(self, *words: Any, **more: Any) -> requests.Response:
        self.writes += 1
        return super().raw_put(*words, **more)

    def raw_delete(self, *words: Any, **more: Any) -> requests.Response:
        self.writes += 1
        return super().raw_delete(*words, **more)


class ByKey(Connection):
    """Comes as our own service account, with an assertion signed by its key instead of a secret."""

    def get_token(self) -> None:
        form = {"grant_type": "client_credentials", **assertion(PROVISIONER)}
        answer = requests.post(backend("token"), data=form, timeout=TIMEOUT)
        if not answer.ok:
            raise KeycloakUnavailable
        self.token = answer.json()


class Realm(KeycloakAdmin):
    """python-keycloak's admin client of realm `hlt`, and below the calls that it has no method for."""

    connection: Connection

    def path(self, tail: str) -> str:
        return f"admin/realms/{REALM}/{tail}"

    def ask(self, tail: str, **query: Any) -> Any:
        return answered(self.connection.raw_get(self.path(tail), **query))

    def send(self, tail: str, body: Any) -> Any:
        return answered(self.connection.raw_post(self.path(tail), data=json.dumps(body)))

    def put(self, tail: str, body: Any) -> Any:
        return answered(self.connection.raw_put(self.path(tail), data=json.dumps(body)))

    def drop(self, tail: str, body: Any = None) -> Any:
        words = {} if body is None else {"data": json.dumps(body)}
        return answered(self.connection.raw_delete(self.path(tail), **words))


def answered(response: requests.Response) -> Any:
    """Give the JSON of an answer, None for an empty one; raise requests.HTTPError for a refusal."""
    response.raise_for_status()
    return response.json() if response.content else None


def connect() -> Realm:
    """Come as the bootstrap client when its secret is set (first time, local stack), else as `hlt-provisioner`."""
    if settings.HLT_KEYCLOAK_ADMIN_SECRET:
        client, secret = settings.HLT_KEYCLOAK_ADMIN_CLIENT, settings.HLT_KEYCLOAK_ADMIN_SECRET
        return Realm(connection=Connection(user_realm_name="master", client_id=client, client_secret_key=secret))
    return Realm(connection=ByKey(client_id=PROVISIONER))
