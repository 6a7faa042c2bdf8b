"""From an empty server to 15 kommuner; every step may run again."""

from collections.abc import Callable

from django.conf import settings

from hlt_tenants.registry.bootstrap import bootstrap
from hlt_tenants.registry.fleet import FIXED_SCHEMAS, migrate_fixed, migrate_schema
from hlt_tenants.registry.harden import harden_fixed, harden_kommun
from hlt_tenants.registry.logins import OWNER
from hlt_tenants.registry.provision import create, known_kommuner, make_logins, provisioner


def install_databases(tell: Callable[[str], None]) -> None:
    """Bootstrap, migrate, create what is missing and harden all; `tell` gets one line per step."""
    tell("server: logins, schemas, closed counters")
    bootstrap()
    tell("migrations: shared, region, template")
    migrate_fixed()
    kommuner = known_kommuner()
    for number, facts in enumerate(kommuner, start=1):
        tell(f"kommun {number} of {len(kommuner)}: {facts.slug}")
        if not create(facts, settings.HLT_DOMAIN):
            bring_up_to_date(facts.kommunkod)
    tell("rights on shared tables")
    harden_shared()


def bring_up_to_date(kommunkod: str) -> int:
    """Migrate one kommun, then give its logins their passwords and its tables their rights; how many migrations ran.

    Also without a migration: a right may have changed in a model, and the master key in the environment.
    """
    applied = migrate_schema(f"k{kommunkod}")
    with provisioner() as connection:
        make_logins(connection, kommunkod)
        connection.execute(f"SET LOCAL ROLE {OWNER}")
        harden_kommun(connection, kommunkod)
    return applied


def harden_shared() -> None:
    """Give the schemas outside the kommuner exactly their rights."""
    codes = tuple(facts.kommunkod for facts in known_kommuner())
    with provisioner() as connection:
        connection.execute(f"SET LOCAL ROLE {OWNER}")
        for schema in FIXED_SCHEMAS:
            harden_fixed(connection, schema, codes)
