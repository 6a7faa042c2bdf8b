"""Django's PostgreSQL backend, with the login taken from the context at every statement."""

import logging
import time
from typing import Any, NoReturn

from django.conf import settings
from django.db import NotSupportedError
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from psycopg import OperationalError

from hlt_identity.errors import NoKommun
from hlt_tenants.registry.context import Where, here
from hlt_tenants.registry.engine.pool import POOL, AnyConnection, Key

RETRY_SECONDS = 3.0
log = logging.getLogger("hlt.tripwire")


class TripwireError(NoKommun):
    """A connection is not what its login says; it was closed and nothing was asked of it."""

    code = "TRIPWIRE"


def login_and_path(where: Where, login_of: str) -> tuple[str, str]:
    """Give the database login and its search_path for one alias; raise NoKommun when no branch is chosen."""
    if login_of == "door":
        return where.door_login, f"{where.schema}, shared"
    if login_of == "jobs":
        return f"{where.schema}_jobs", "intake"
    return where.db_login, f"{where.schema}, shared"


class DatabaseWrapper(PostgresWrapper):
    """`OPTIONS["login_of"]` says whose login: branch (the context's), door or jobs."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        self.login_of = settings_dict["OPTIONS"].get("login_of", "branch")
        super().__init__(settings_dict, alias)

    @property
    def schema_name(self) -> str:
        """The kommun's schema, for library code that asks; there is no way to set it."""
        return here().schema

    def set_schema(self, *_args: object, **_kwargs: object) -> NoReturn:
        raise NotSupportedError("enter a kommun by registry.context.inside()")

    set_tenant = set_schema
    set_schema_to_public = set_schema

    def wanted(self) -> tuple[str, str]:
        return login_and_path(here(), self.login_of)

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params.pop("login_of", None)
        login, path = self.wanted()
        params["user"] = login
        params["password"] = settings.HLT_KEYS.secret(login)
        if self.login_of == "jobs":
            params["options"] = f"-c search_path={path}"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> AnyConnection:
        found = POOL.take(self._key(conn_params["user"]))
        if found is not None:
            return found
        connection = self._connect(conn_params)
        POOL.register(connection)
        return connection

    def _connect(self, conn_params: dict[str, Any]) -> AnyConnection:
        """Open a connection; a server that is just restarting gets three seconds."""
        limit = time.monotonic() + RETRY_SECONDS
        while True:
            try:
                return super().get_new_connection(conn_params)  # type: ignore[no-any-return]
            except OperationalError:
                if time.monotonic() > limit:
                    raise
                time.sleep(0.1)

    def ensure_connection(self) -> None:
        self._follow()
        super().ensure_connection()
        self._tripwire()

    def close_if_health_check_failed(self) -> None:
        # Django asks this before ensure_connection(), and the check itself touches the connection.
        self._follow()
        super().close_if_health_check_failed()

    def close_if_unusable_or_obsolete(self) -> None:
        """At the end of a request the connection goes back to the pool; the middleware has left the kommun by then."""
        if not self.in_atomic_block:
            self.close()

    def _follow(self) -> None:
        """Let go of a connection whose login is not the context's; never inside a transaction."""
        if self.connection is None:
            return
        login, _path = self.wanted()
        if self.connection.info.user == login:
            return
        if self.in_atomic_block:
            raise NotSupportedError("another kommun or branch inside an open transaction")
        self.close()

    def _tripwire(self) -> None:
        """Compare what the server reports with what the login must be: no round trip (tenancy §3)."""
        info = self.connection.info
        told = (info.user, info.parameter_status("search_path"), info.parameter_status("default_transaction_read_only"))
        if told != (*self.wanted(), "on"):
            broken, self.connection = self.connection, None
            broken.close()
            log.critical("%s did not begin as it must: hlt kommun check --repair", self.wanted()[0])
            raise TripwireError

    def _key(self, login: str) -> Key:
        place = self.settings_dict
        return (str(place["HOST"]), str(place["PORT"]), str(place["NAME"]), login, self.login_of)

    def _close(self) -> None:
        if self.connection is not None:
            POOL.give(self._key(self.connection.info.user), self.connection)
