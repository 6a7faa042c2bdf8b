"""What the files ask for, as items (identity §2, §3, §5, §19)."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from hlt_identity.oidc.client_keys import key_file, public_key
from hlt_identity.provisioning.files import (
    Organisation,
    Values,
    filled,
    organisations,
    read,
    stack_values,
    values_of,
)
from hlt_identity.provisioning.items import Body, Item, Items, Kind, bare, by_name

FIRST = "00000000-0000-4000-8000-"
ADMIN = "realm-management"


def wanted_items() -> Items:
    """Give everything the realm shall hold; what it holds beyond that is a difference."""
    made = [*_realm(), *_flows(), *_scopes(), *_clients(), *_closed()]
    for organisation in organisations():
        made += _organisation(organisation)
    return by_name(made)


def our_clients() -> list[str]:
    """Give the clients that have a key of their own."""
    told = read("clients")
    return [row.client_id for row in organisations()] + [*told["services"], *told["machines"]]


def realm_body() -> Body:
    body: Body = filled(read("realm")["realm"], stack_values())
    return body


def _realm() -> Iterator[Item]:
    told = filled(read("realm"), stack_values())
    yield _item(Kind.REALM, "hlt", told["realm"])
    yield _item(Kind.USER_PROFILE, "hlt", told["user_profile"])
    yield _item(Kind.DEFAULT_ROLES, "default-roles-hlt", {})
    for name, body in told["keys"].items():
        yield _item(Kind.KEY, name, body)


def _item(kind: Kind, name: str, told: Body) -> Item:
    return Item(kind, name, bare(told), whole=told)


def _flows() -> Iterator[Item]:
    for name, body in read("flows")["flows"].items():
        yield _item(Kind.FLOW, name, body)


def _scopes() -> Iterator[Item]:
    for name, told in filled(read("scopes")["scopes"], {}).items():
        mappers = told.pop("mappers")
        yield _item(Kind.SCOPE, name, told)
        for part, mapper in mappers.items():
            yield _mapper(Kind.SCOPE_MAPPER, f"{name}/{part}", mapper)


def _mapper(kind: Kind, name: str, told: Mapping[str, Any]) -> Item:
    return _item(kind, name, {"protocol": "openid-connect", **told})


def _clients() -> Iterator[Item]:
    told = read("clients")
    base = told["base"]
    for organisation in organisations():
        yield _client(base, told["web"], {**values_of(organisation)}, organisation.client_id)
    audience = told["audience"]
    yield _item(Kind.CLIENT, audience["clientId"], {**base, **audience, "attributes": _plain(base)})
    for client_id, service in told["services"].items():
        yield _client(base, {"name": service["name"], "serviceAccountsEnabled": True}, {}, client_id)
        yield _item(Kind.ADMIN_ROLES, f"service-account-{client_id}", {"roles": sorted(service["roles"])})
        yield _item(Kind.ROLE_SCOPE, client_id, {ADMIN: sorted(service["roles"])})
    for client_id, machine in told["machines"].items():
        yield _client(base, {"name": machine["name"], "serviceAccountsEnabled": True}, {}, client_id)
        yield _mapper(Kind.CLIENT_MAPPER, f"{client_id}/audience", _audience(machine["audience"]))


def _client(base: Body, own: Body, values: Values, client_id: str) -> Item:
    attributes = {**base["attributes"], **own.get("attributes", {})}
    told = {**base, **own, "clientId": client_id, "attributes": attributes}
    return _item(Kind.CLIENT, client_id, filled(told, {**values, "jwks": _keys(client_id)}))


def _keys(client_id: str) -> str:
    """Give what Keycloak keeps of a client's key; nothing while there is none, so that a plan can be shown before."""
    return json.dumps({"keys": [public_key(client_id)]}, sort_keys=True) if key_file(client_id).is_file() else ""


def _plain(base: Body) -> Body:
    return {key: value for key, value in base["attributes"].items() if "jwks" not in key and "auth" not in key}


def _audience(name: str) -> Body:
    config = {"included.custom.audience": name, "access.token.claim": "true", "introspection.token.claim": "true"}
    return {"protocolMapper": "oidc-audience-mapper", "config": config}


def _closed() -> Iterator[Item]:
    told = read("clients")["built_in"]
    for client_id in told["closed"]:
        yield _item(Kind.BUILT_IN, client_id, {})
    for client_id, openings in told["kept"].items():
        yield _item(Kind.BUILT_IN, client_id, openings)


def _organisation(row: Organisation) -> Iterator[Item]:
    told = read("providers")
    yield _item(Kind.ORGANISATION, row.slug, {"name": row.name, "enabled": True})
    yield _item(Kind.PROVIDER, row.idp, filled(told["provider"], values_of(row)))
    yield _item(Kind.PROVIDER_LINK, f"{row.slug}/{row.idp}", {})
    for name, mapper in filled(told["mappers"], {}).items():
        yield _item(Kind.PROVIDER_MAPPER, f"{row.idp}/{name}", mapper)
    for note in told["reset"]:
        yield _item(Kind.PROVIDER_MAPPER, f"{row.idp}/reset-{note}", {**_reset(note), "id": reset_id(row.idp, note)})


def _reset(note: str) -> Body:
    config = {"attribute": note, "attribute.value": "none", "syncMode": "FORCE"}
    return {"identityProviderMapper": "hardcoded-user-session-attribute-idp-mapper", "config": config}


def reset_id(idp: str, note: str) -> str:
    """Give an id that sorts before any that Keycloak draws: mappers run in the order of their ids (§19)."""
    return FIRST + sha256(f"{idp}/{note}".encode()).hexdigest()[:12]
