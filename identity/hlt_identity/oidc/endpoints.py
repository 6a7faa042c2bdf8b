"""Where the realm is: the browser and the issuer use the public name, our own calls the back-end address (§12)."""

from django.conf import settings

REALM = "hlt"
REGIONAL_AUDIENCE = "hlt-regional"


def issuer() -> str:
    return f"{settings.HLT_KEYCLOAK_PUBLIC_URL}/realms/{REALM}"


def public(name: str) -> str:
    """Give an endpoint as the browser reaches it: `auth`, `logout`."""
    return f"{issuer()}/protocol/openid-connect/{name}"


def backend(name: str) -> str:
    """Give an endpoint as we reach it: `token`, `certs`, `token/introspect`."""
    return f"{settings.HLT_KEYCLOAK_URL}/realms/{REALM}/protocol/openid-connect/{name}"


def client_of(slug: str) -> str:
    """Give the client of one host: a client each, so that the audience binds the kommun (identity §3)."""
    return f"hlt-web-{slug}"


def base_url(slug: str) -> str:
    """Give the address of a host as people see it, without a slash at the end."""
    scheme, port = settings.HLT_PUBLIC_SCHEME, settings.HLT_PUBLIC_PORT
    known = {"http": "80", "https": "443"}[scheme]
    return f"{scheme}://{slug}.{settings.HLT_DOMAIN}" + ("" if port == known else f":{port}")


def redirect_uri(slug: str) -> str:
    return f"{base_url(slug)}/logga-in/klar"
