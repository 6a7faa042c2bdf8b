"""One alias per kind of login. Who is logged in is the border, so no alias may stand in for another (tenancy §2).

Each part of the platform gets the aliases it works with and no others: what is not here cannot be asked by mistake.
"""

from typing import Any

from hlt_platform.settings.environment import is_handed, keys, value

KOMMUN_ENGINE = "hlt_tenants.registry.engine"
PLAIN_ENGINE = "django.db.backends.postgresql"
# What the region's logins find without naming a schema.
PATHS = {
    "registry": "shared",
    "identity": "shared",
    "regional": "published,region,shared",
    "relay": "region,shared",
    "disclosure": "region,intake,published",
    "publisher": "published,region",
    "owner": "shared",
    "provisioner": "shared",
}

# Plans are kept only where the server binds the values (tenancy §3); a client that writes them into the text has none.
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


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
    return {**PREPARED, "options": f"-c search_path={search_path}"}


def login_of(alias: str) -> str:
    return "hlt_region" if alias == "regional" else f"hlt_{alias}"


def plain(alias: str) -> dict[str, Any]:
    """An alias with one fixed login, hlt_ and the alias's name."""
    login = login_of(alias)
    login_part = {"USER": login, "PASSWORD": keys().secret(login)}
    return {**place(), "ENGINE": PLAIN_ENGINE, **login_part, "OPTIONS": options(PATHS[alias])}


def by_context(login_of: str) -> dict[str, Any]:
    """An alias whose login follows the kommun context: branch, door or jobs."""
    return {**place(), "ENGINE": KOMMUN_ENGINE, "OPTIONS": {**PREPARED, "login_of": login_of}}


def aliases(*plain_ones: str) -> dict[str, Any]:
    """Give `default` (the login of the kommun context) and those of the named aliases whose login was handed to us."""
    handed = [alias for alias in plain_ones if is_handed(login_of(alias))]
    return {"default": by_context("branch"), **{alias: plain(alias) for alias in handed}}


def served() -> dict[str, Any]:
    """Aliases of web: people's doors, and nothing that works in the background or owns anything."""
    return {**aliases("registry", "identity", "regional", "publisher"), "door": by_context("door")}


def commanding() -> dict[str, Any]:
    """Every alias: only for the `hlt` command, its jobs and the test suite."""
    return {**served(), **aliases("relay", "disclosure", "owner", "provisioner"), "intake": by_context("jobs")}
