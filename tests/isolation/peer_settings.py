"""The same program on django-tenants' own database wrapper: one login that owns all, a search path set per question."""

from hlt_platform.settings.databases import commanding, place
from hlt_platform.settings.environment import keys
from hlt_platform.settings.test import *  # noqa: F403

_PEER = {**place(), "ENGINE": "django_tenants.postgresql_backend", "USER": "hlt_owner"}
DATABASES = {**commanding(), "default": {**_PEER, "PASSWORD": keys().secret("hlt_owner")}}
