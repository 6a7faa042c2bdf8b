"""The relay: reads outboxes, sends, and can neither take a message nor read anything about anybody."""

from hlt_platform.settings.base import *  # noqa: F403
from hlt_platform.settings.broker import broker
from hlt_platform.settings.databases import aliases

DATABASES = aliases("registry", "relay")
HLT_BROKER = broker("hlt_broker_send", visibility_seconds=0)
