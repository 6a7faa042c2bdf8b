"""The `hlt` command and its jobs: the only processes that may log in as an owner of schemas."""

from hlt_platform.settings.base import *  # noqa: F403
from hlt_platform.settings.databases import commanding
from hlt_platform.settings.environment import value

HLT_SUPERUSER_URL = value("HLT_SUPERUSER_URL")
DATABASES = commanding()
