"""Where the realm is: the browser and the issuer use the public name, our own calls the back-end address (§12)."""

from django.conf import settings

REALM = "hlt"


def issuer() -> str:
    return f"{settings.HLT_KEYCLOAK_PUBLIC_URL}/realms/{REALM}"


def backend(name: str) -> str:
    """Give an endpoint as we reach it: `token`, `certs`, `token/introspect`."""
    return f"{settings.HLT_KEYCLOAK_URL}/realms/{REALM}/protocol/openid-connect/{name}"
