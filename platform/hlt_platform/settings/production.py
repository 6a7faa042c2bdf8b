"""The cluster: TLS in front, secrets mounted, no login that owns anything."""

from hlt_platform.settings.base import *  # noqa: F403
from hlt_platform.settings.databases import served
from hlt_platform.settings.environment import secret

SECRET_KEY = secret("HLT_SECRET_KEY")
HLT_KEYRING = secret("HLT_KEYRING")
HLT_PUBLIC_SCHEME = "https"
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATABASES = served()
