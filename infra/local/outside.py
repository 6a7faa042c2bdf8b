"""Parts that somebody else runs: what the environment names is proved to be usable before anything starts."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import psycopg
from amqp.exceptions import AMQPError
from kombu import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from named import CannotUse
from postgres import VERSION, make_databases

VARIABLES = {"postgres": "HLT_DATABASE_URL", "keycloak": "HLT_KEYCLOAK_URL", "broker": "HLT_BROKER_URL"}
RABBITMQ = (3, 10)
KEYCLOAK = "26.7"
ADMIN = ("HLT_KEYCLOAK_ADMIN_CLIENT", "HLT_KEYCLOAK_ADMIN_SECRET")
KNOWN = {"host", "port", "user", "password", "dbname"}
SECONDS = 10


def has(part: str) -> bool:
    """Tell whether the environment names such a part of somebody else's."""
    return bool(os.environ.get(VARIABLES[part]))


def named() -> list[str]:
    return [part for part in VARIABLES if has(part)]


def database() -> dict[str, str]:
    """Make our databases on the server that HLT_DATABASE_URL names; give where it is and how its superuser comes in."""
    told = _told(os.environ["HLT_DATABASE_URL"])
    server = make_conninfo("", **{**told, "dbname": "postgres"}, connect_timeout=SECONDS)
    try:
        with psycopg.connect(server, autocommit=True) as connection:
            _check_server(connection)
            make_databases(connection)
    except psycopg.OperationalError as fault:
        last = [line for line in str(fault).splitlines() if not line.startswith("\t")][-1]
        raise CannotUse(f"The PostgreSQL that HLT_DATABASE_URL names does not let us in: {last}") from None
    return {
        "HLT_DB_HOST": told["host"],
        "HLT_DB_PORT": str(told.get("port", "5432")),
        "HLT_SUPERUSER_URL": make_conninfo("", **{**told, "dbname": "hlt"}),
    }


def _told(url: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        told = {}
    if not {"host", "user"} <= set(told) <= KNOWN:
        raise CannotUse(
            "HLT_DATABASE_URL must be postgresql://<superuser>:<password>@<host>:<port>/postgres and no more; "
            "for TLS set PGSSLMODE and PGSSLROOTCERT."
        )
    return told


def _check_server(connection: "psycopg.Connection[Any]") -> None:
    if connection.info.server_version < VERSION * 10_000:
        version = connection.info.parameter_status("server_version")
        raise CannotUse(f"The PostgreSQL that HLT_DATABASE_URL names is version {version}; {VERSION} is needed.")
    if connection.info.parameter_status("is_superuser") != "on":
        raise CannotUse(f"{connection.info.user} in HLT_DATABASE_URL is no superuser, as making our logins needs.")


def keycloak() -> dict[str, str]:
    """Give where the Keycloak that HLT_KEYCLOAK_URL names is for us and for browsers, and how it is administered."""
    missing = [key for key in ADMIN if not os.environ.get(key)]
    if missing:
        raise CannotUse(
            f"HLT_KEYCLOAK_URL needs {' and '.join(missing)} too: a service client of realm master with the role "
            "admin, as `kc.sh bootstrap-admin service` makes."
        )
    url = os.environ["HLT_KEYCLOAK_URL"].rstrip("/")
    public = _public(url)
    _check_version(url, _token(url))
    return {
        "HLT_KEYCLOAK_URL": url,
        "HLT_KEYCLOAK_PUBLIC_URL": public,
        **{key: os.environ[key] for key in ADMIN},
    }


def _public(url: str) -> str:
    """Give the address under which Keycloak knows itself; browsers must use the same."""
    told = _ask("is no Keycloak", f"{url}/realms/master/.well-known/openid-configuration")
    own = str(told["issuer"]).removesuffix("/realms/master")
    public = os.environ.get("HLT_KEYCLOAK_PUBLIC_URL", own).rstrip("/")
    if public != own:
        raise CannotUse(f"HLT_KEYCLOAK_PUBLIC_URL is {public}, but that Keycloak calls itself {own}.")
    return public


def _token(url: str) -> str:
    client, secret = (os.environ[key] for key in ADMIN)
    form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
    body = urllib.parse.urlencode(form).encode()
    refused = f"does not know client {client} with the secret in HLT_KEYCLOAK_ADMIN_SECRET"
    return str(_ask(refused, f"{url}/realms/master/protocol/openid-connect/token", data=body)["access_token"])


def _check_version(url: str, token: str) -> None:
    refused = f"lets client {os.environ[ADMIN[0]]} in, but without the role admin in realm master"
    told = _ask(refused, f"{url}/admin/serverinfo", headers={"Authorization": f"Bearer {token}"})
    version = str(told.get("systemInfo", {}).get("version", "unknown"))
    if not version.startswith(f"{KEYCLOAK}."):
        raise CannotUse(f"The Keycloak that HLT_KEYCLOAK_URL names is version {version}; {KEYCLOAK} is needed.")


def _ask(refused: str, address: str, **words: Any) -> dict[str, Any]:
    """Give the JSON at an address; raise CannotUse with `refused` for an answer that is none."""
    begin = "What HLT_KEYCLOAK_URL names"
    try:
        request = urllib.request.Request(address, **words)  # noqa: S310
        with urllib.request.urlopen(request, timeout=SECONDS) as response:  # noqa: S310
            told: dict[str, Any] = json.load(response)
    except (urllib.error.HTTPError, json.JSONDecodeError):
        raise CannotUse(f"{begin} {refused}.") from None
    except (OSError, ValueError) as fault:
        raise CannotUse(f"{begin} does not answer: {getattr(fault, 'reason', fault)}.") from None
    return told


def check_broker() -> None:
    """Prove that what HLT_BROKER_URL names is a RabbitMQ that lets us in; the text never holds the address."""
    url, begin = os.environ["HLT_BROKER_URL"], "The RabbitMQ that HLT_BROKER_URL names"
    if not url.startswith(("amqp://", "amqps://")):
        raise CannotUse("HLT_BROKER_URL must be amqp://<user>:<password>@<host>:<port>/<vhost>, or amqps:// for TLS.")
    try:
        with Connection(url, connect_timeout=SECONDS) as connection:
            connection.connect()
            told = connection.connection.server_properties
    except AMQPError as fault:
        raise CannotUse(f"{begin} does not let us in: {fault.reply_text}") from None
    except OSError as fault:
        raise CannotUse(f"{begin} does not answer: {fault}.") from None
    version = str(told.get("version", "0.0"))
    if tuple(map(int, version.split(".")[:2])) < RABBITMQ:
        raise CannotUse(f"{begin} is version {version}; {RABBITMQ[0]}.{RABBITMQ[1]} or newer is needed.")
