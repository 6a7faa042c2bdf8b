"""Where the realm and our own hosts are: browsers use public names, our own calls the back-end address (§12)."""

from django.conf import settings

REALM = "hlt"
CALLBACK_PATH = "/logga-in/klar"
SIGNED_OUT_PATH = "/logga-ut/klar"
BACKCHANNEL_PATH = "/logga-ut/bakkanal"
STANDARD_PORTS = {"http": "80", "https": "443"}


def issuer() -> str:
    return f"{settings.HLT_KEYCLOAK_PUBLIC_URL}/realms/{REALM}"


def backend(name: str) -> str:
    """Give an endpoint as we reach it: `token`, `certs`, `token/introspect`."""
    return f"{settings.HLT_KEYCLOAK_URL}/realms/{REALM}/protocol/openid-connect/{name}"


def public(name: str) -> str:
    """Give an endpoint as a browser reaches it: `auth`, `logout`."""
    return f"{issuer()}/protocol/openid-connect/{name}"


def host_url(slug: str) -> str:
    """Give the address of a kommun's host, or of the region's (slug `region`), without a slash at the end."""
    scheme, port = settings.HLT_PUBLIC_SCHEME, settings.HLT_PUBLIC_PORT
    shown = "" if STANDARD_PORTS.get(scheme) == port else f":{port}"
    return f"{scheme}://{slug}.{settings.HLT_DOMAIN}{shown}"


def callback_url(slug: str) -> str:
    """Give the one redirect URI of a host's client; the realm knows exactly this one."""
    return host_url(slug) + CALLBACK_PATH


def signed_out_url(slug: str) -> str:
    """Give the one post-logout redirect URI of a host's client."""
    return host_url(slug) + SIGNED_OUT_PATH
