"""The `hlt` command and its jobs: the only processes that may log in as an owner of schemas."""

from hlt_platform.settings.base import *  # noqa: F403
from hlt_platform.settings.databases import commanding
from hlt_platform.settings.environment import value

HLT_SUPERUSER_URL = value("HLT_SUPERUSER_URL")
HLT_KEYCLOAK_ADMIN_CLIENT = value("HLT_KEYCLOAK_ADMIN_CLIENT", "hlt-bootstrap")
HLT_KEYCLOAK_ADMIN_SECRET = value("HLT_KEYCLOAK_ADMIN_SECRET")
DATABASES = commanding()
