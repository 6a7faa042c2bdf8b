"""Beat: plants rows with a period in the outboxes; it has no login on the broker."""

from hlt_platform.settings.base import *  # noqa: F403
from hlt_platform.settings.databases import aliases

DATABASES = aliases("registry", "relay")
