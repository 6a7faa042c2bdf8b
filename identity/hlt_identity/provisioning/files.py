"""The files of the realm, with the stack's addresses put in."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import yaml
from django.conf import settings

from hlt_identity.oidc.endpoints import BACKCHANNEL_PATH, callback_url, signed_out_url

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A kommun or the region; `addresses` replaces those of the demo's provider (providers.yaml)."""

    kommunkod: str
    slug: str
    name: str
    addresses: Mapping[str, str]

    @property
    def idp(self) -> str:
        return f"idp-{self.slug}"

    @property
    def client_id(self) -> str:
        return f"hlt-web-{self.slug}"


def folder() -> Path:
    return Path(settings.HLT_REALM_DIR)


def read(name: str) -> Any:
    """Give a file as it stands, `$name` and all."""
    return yaml.safe_load((folder() / f"{name}.yaml").read_text(encoding="utf-8"))


def organisations() -> tuple[Organisation, ...]:
    """Give the 15 kommuner and the region; the files decide, so a kommun more is a row more."""
    return tuple(
        Organisation(row["kommunkod"], row["slug"], row["name"], row.get("addresses", {}))
        for row in read("organisations")["organisations"]
    )


def filled(value: Any, values: Values) -> Any:
    """Put values into every text of a structure; raise KeyError for a name that nobody gave."""
    if isinstance(value, str):
        return Template(value).substitute(values)
    if isinstance(value, Mapping):
        return {key: filled(inner, values) for key, inner in value.items()}
    return [filled(inner, values) for inner in value] if isinstance(value, list) else value


def stack_values() -> Values:
    """Give the addresses that are the same for all organisations."""
    return {
        "public_url": settings.HLT_KEYCLOAK_PUBLIC_URL,
        "backend_url": settings.HLT_KEYCLOAK_URL,
        "backchannel_url": settings.HLT_BACKCHANNEL_BASE + BACKCHANNEL_PATH,
        # Over plain HTTP Keycloak refuses a provider unless the realm allows it (§19).
        "ssl_required": "none" if settings.HLT_PUBLIC_SCHEME == "http" else "external",
    }


def values_of(organisation: Organisation) -> Values:
    """Give the addresses of one organisation's host and provider."""
    own = {
        **stack_values(),
        "slug": organisation.slug,
        "name": organisation.name,
        "callback_url": callback_url(organisation.slug),
        "signed_out_url": signed_out_url(organisation.slug),
    }
    return {**own, **filled({**read("providers")["addresses"], **organisation.addresses}, own)}
