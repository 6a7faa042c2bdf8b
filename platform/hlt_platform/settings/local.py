"""The local stack: HTTP on *.hlt.localhost, which browsers treat as a secure context."""

from hlt_platform.settings.base import *  # noqa: F403
from hlt_platform.settings.databases import served

DATABASES = served()
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
