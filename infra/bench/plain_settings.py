"""The same program with every border taken away: one login that owns all, one schema, nobody asked who they are."""

from bench_settings import *  # noqa: F403
from hlt_platform.settings.base import MIDDLEWARE as WITH_BORDERS
from hlt_platform.settings.databases import commanding, plain

BORDERS = (
    "hlt_platform.wiring.signing_in.BackchannelMiddleware",
    "hlt_tenants.registry.hosts.HostMiddleware",
    "hlt_identity.sessions.request_rules.RequestRulesMiddleware",
    "hlt_platform.wiring.signing_in.SignInMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
)
_OWNER = plain("owner")
_OWNER["OPTIONS"]["options"] = "-c search_path=k2481,shared"
DATABASES = {**commanding(), "default": _OWNER, "door": _OWNER}
MIDDLEWARE = ["borders.nobody_asks", *(name for name in WITH_BORDERS if name not in BORDERS)]
