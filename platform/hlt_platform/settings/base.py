"""What is the same everywhere."""

from typing import Any

from hlt_platform.settings import parts
from hlt_platform.settings.broker import Broker
from hlt_platform.settings.environment import ROOT, keys, value
from hlt_platform.shell.policy import DIRECTIVES

DEBUG = False
SECRET_KEY = value("HLT_SECRET_KEY", "only-for-type-checking")
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
LANGUAGE_CODE = "sv"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WSGI_APPLICATION = "hlt_platform.wsgi.application"
ROOT_URLCONF = "hlt_platform.urls_kommun"
APPEND_SLASH = False

HLT_DOMAIN = value("HLT_DOMAIN", "hlt.localhost")
HLT_PUBLIC_PORT = value("HLT_WEB_PORT", "8000")
HLT_PUBLIC_SCHEME = value("HLT_PUBLIC_SCHEME", "http")
HLT_KEYCLOAK_PUBLIC_URL = value("HLT_KEYCLOAK_PUBLIC_URL", "http://id.hlt.localhost:8080")
HLT_KEYCLOAK_URL = value("HLT_KEYCLOAK_URL", "http://127.0.0.1:8080")
HLT_REALM_DIR = value("HLT_REALM_DIR", str(ROOT / "infra" / "realm"))
# One address on any host: Keycloak calls the web process itself, which no name of a kommun leads to (identity §9).
HLT_BACKCHANNEL_BASE = value("HLT_BACKCHANNEL_BASE", f"http://127.0.0.1:{HLT_PUBLIC_PORT}")
HLT_KEYS_DIR = value("HLT_KEYS_DIR", ".hlt/main/keys")
HLT_SERVICE_KEYS_DIR = value("HLT_SERVICE_KEYS_DIR")
# Only relay and workers have one.
HLT_BROKER: Broker | None = None
HLT_HEARTBEAT_DIR = value("HLT_HEARTBEAT_DIR")
HLT_KEYS = keys()
HLT_DB_CONNECTIONS = int(value("HLT_DB_CONNECTIONS", "120"))
ALLOWED_HOSTS = [f".{HLT_DOMAIN}"]

INSTALLED_APPS = [
    # django-tenants imports its model; its table lies in no schema, since nothing here uses it.
    "django.contrib.contenttypes",
    "django.forms",
    "django.contrib.staticfiles",
    "template_partials",
    "hlt_platform.shell",
    "hlt_identity",
    "hlt_tenants.registry",
    "hlt_tenants.registry.outbox",
    "hlt_tenants.audit",
    "hlt_tenants.drafts",
    "hlt_tenants.teams",
    "hlt_tenants.families",
    "hlt_tenants.consent",
    "hlt_tenants.casework",
    "hlt_tenants.plans",
    "hlt_tenants.followup",
    "hlt_tenants.reporting",
    "hlt_graphql.trace",
    "hlt_graphql.intake",
    "hlt_graphql.releases",
    "hlt_graphql.resources",
    "hlt_graphql.pages",
]

MIDDLEWARE = [
    "hlt_platform.health.HealthMiddleware",
    "hlt_platform.wiring.signing_in.BackchannelMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hlt_tenants.registry.hosts.HostMiddleware",
    "hlt_identity.sessions.request_rules.RequestRulesMiddleware",
    "hlt_platform.wiring.signing_in.SignInMiddleware",
    "hlt_identity.bearer.BearerMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hlt_platform.shell.errors.RefusalMiddleware",
    "hlt_platform.wiring.asking_to_sign_in.AskToSignInMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "hlt_platform.shell.context.page"],
            "builtins": ["template_partials.templatetags.partials", "hlt_platform.shell.templatetags.hlt"],
        },
    }
]
FORM_RENDERER = "hlt_platform.shell.forms.Renderer"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": DIRECTIVES}
STATIC_URL = "/static/"
STATIC_ROOT = value("HLT_STATIC_DIR", str(ROOT / ".hlt" / "static"))
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
HLT_ACCESSIBILITY_MAILBOX = value("HLT_ACCESSIBILITY_MAILBOX", "tillganglighet@hlt.example")
DEFAULT_FROM_EMAIL = value("HLT_MAIL_FROM", "hlt@hlt.example")
EMAIL_HOST = value("HLT_MAIL_HOST", "localhost")
CSRF_FAILURE_VIEW = "hlt_platform.shell.errors.forged"
CSRF_COOKIE_NAME = "__Host-hlt-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True

DATABASE_ROUTERS = ["hlt_tenants.registry.router.HomeRouter"]
APP_SCHEMAS = parts.APP_SCHEMAS
MODEL_SCHEMAS = parts.MODEL_SCHEMAS
PUBLIC_SCHEMA_NAME = "shared"
TENANT_MODEL = "registry.Kommun"
TENANT_DOMAIN_MODEL = "registry.Host"
