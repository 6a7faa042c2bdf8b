"""plan, apply, check: the realm becomes what the files say, and stays it (identity §11)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections
from keycloak.exceptions import KeycloakGetError

from hlt_identity.oidc.client_keys import make_key
from hlt_identity.provisioning.found import found_items
from hlt_identity.provisioning.plan import Change, changes
from hlt_identity.provisioning.raw import Realm, connect
from hlt_identity.provisioning.rows import write_rows
from hlt_identity.provisioning.wanted import our_clients, realm_body, wanted_items
from hlt_identity.provisioning.writers import write

LOCK = 7_241_026
ROUNDS = 3
# Of the realm's own settings, what must be right before the rest can be made.
FIRST_SETTINGS = ("enabled", "displayName", "sslRequired", "organizationsEnabled", "defaultSignatureAlgorithm")


class NotConverged(Exception):
    """After several rounds something still differs; the lines say what."""


def plan(realm: Realm) -> list[Change]:
    """Give the differences between the files and the realm; nothing is written. Empty = the realm is as it should."""
    return changes(wanted_items(), found_items(realm) if exists(realm) else {})


def exists(realm: Realm) -> bool:
    try:
        realm.get_realm("hlt")
    except KeycloakGetError as refusal:
        if refusal.response_code == 404:
            return False
        raise
    return True


def apply(tell: Callable[[str], None]) -> int:
    """Make the realm and our own rows what the files say; give how many writes it took: 0 the second time.

    Raises NotConverged, NotByMachine.
    """
    realm = connect()
    with one_at_a_time():
        for client_id in our_clients():
            make_key(client_id)
        if not exists(realm):
            told = realm_body()
            realm.create_realm({"realm": "hlt", **{key: told[key] for key in FIRST_SETTINGS}})
        _close(realm, tell)
        rows = write_rows({row["alias"]: row["id"] for row in realm.get_organizations()})
    return realm.connection.writes + rows


def _close(realm: Realm, tell: Callable[[str], None]) -> None:
    for _round in range(ROUNDS):
        left = plan(realm)
        if not left:
            return
        for change in left:
            tell(str(change).partition("\n")[0])
            write(realm, change)
    left = plan(realm)
    if left:
        raise NotConverged("\n".join(map(str, left)))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold a lock in the database: two jobs of one release would make everything twice."""
    with connections["identity"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
