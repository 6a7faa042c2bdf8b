"""One alias per kind of login. Who is logged in is the border, so no alias may stand in for another (tenancy §2)."""

from typing import Any

from hlt_platform.settings.environment import value
from hlt_tenants.registry.secrets import password_of

KOMMUN_ENGINE = "hlt_tenants.registry.engine"
PLAIN_ENGINE = "django.db.backends.postgresql"


def place() -> dict[str, Any]:
    """Host (or socket folder), port and name that all aliases share unless a setting moves them."""
    return {
        "HOST": value("HLT_DB_HOST"),
        "PORT": value("HLT_DB_PORT", "5432"),
        "NAME": value("HLT_DB_NAME", "hlt"),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        "ATOMIC_REQUESTS": False,
    }


def options(search_path: str) -> dict[str, Any]:
    return {"server_side_binding": True, "prepare_threshold": 3, "options": f"-c search_path={search_path}"}


def plain(login: str, search_path: str, master: bytes) -> dict[str, Any]:
    """An alias with one fixed login."""
    login_part = {"USER": login, "PASSWORD": password_of(login, master=master)}
    return {**place(), "ENGINE": PLAIN_ENGINE, **login_part, "OPTIONS": options(search_path)}


def by_context(login_of: str) -> dict[str, Any]:
    """An alias whose login follows the kommun context: branch, door or jobs."""
    return {**place(), "ENGINE": KOMMUN_ENGINE, "OPTIONS": {"prepare_threshold": 3, "login_of": login_of}}


def served() -> dict[str, Any]:
    """Aliases of web and worker: none of them owns anything."""
    master = bytes.fromhex(value("HLT_MASTER_KEY", "00" * 32))
    return {
        "default": by_context("branch"),
        "door": by_context("door"),
        "intake": by_context("jobs"),
        "registry": plain("hlt_registry", "shared", master),
        "identity": plain("hlt_identity", "shared", master),
        "regional": plain("hlt_region", "published,region,shared", master),
        "relay_region": plain("hlt_relay", "region,shared", master),
        "disclosure": plain("hlt_disclosure", "region,intake,published", master),
        "publisher": plain("hlt_publisher", "published,region", master),
    }


def owning() -> dict[str, Any]:
    """The aliases that only the `hlt` command and its jobs get; never web or worker."""
    master = bytes.fromhex(value("HLT_MASTER_KEY", "00" * 32))
    return {
        "owner": plain("hlt_owner", "shared", master),
        "provisioner": plain("hlt_provisioner", "shared", master),
    }
