"""What the running realm holds, as items; a person stands in them as an id, never as a name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from hlt_identity.provisioning.files import read
from hlt_identity.provisioning.items import Body, Item, Items, Kind, bare, by_name
from hlt_identity.provisioning.raw import Realm
from hlt_identity.provisioning.wanted import ADMIN, FIRST, realm_body

OPENINGS = (
    "enabled",
    "bearerOnly",
    "standardFlowEnabled",
    "implicitFlowEnabled",
    "directAccessGrantsEnabled",
    "serviceAccountsEnabled",
    "fullScopeAllowed",
)
# What Keycloak writes into a client by itself.
KEPT_BY_SERVER = frozenset({"id", "access", "secret", "realm_client", "client.secret.creation.time", "protocolMappers"})
OF_A_PROVIDER = frozenset({"internalId", "organizationId", "types"})
SERVICE_ACCOUNT = "service-account-"


def found_items(realm: Realm) -> Items:
    """Ask for everything; some hundred requests, a third of a second, plus one per person."""
    clients, told = realm.get_clients(), realm.get_realm("hlt")
    read_items = [*_realm(realm, told), *_flows(realm), *_scopes(realm), *_clients(realm, clients)]
    return by_name([*read_items, *_organisations(realm), *_roles(realm, clients, told), *_users(realm)])


def _realm(realm: Realm, told: Body) -> Iterator[Item]:
    yield Item(Kind.REALM, "hlt", bare(_only(told, realm_body())), told["id"], told)
    profile = realm.get_realm_users_profile()
    yield Item(Kind.USER_PROFILE, "hlt", bare(profile), whole=profile)
    for row in realm.get_components({"type": "org.keycloak.keys.KeyProvider"}):
        body = {"providerId": row["providerId"], "config": row["config"]}
        yield Item(Kind.KEY, row["name"], bare(body), row["id"], row)
    for row in realm.get_required_actions():
        if row["enabled"]:
            yield Item(Kind.REQUIRED_ACTION, row["alias"], {}, whole=row)


def _only(told: Any, wanted: Any) -> Any:
    """Keep of a realm what the files speak of."""
    if isinstance(told, Mapping) and isinstance(wanted, Mapping) and wanted:
        return {key: _only(told.get(key), inner) for key, inner in wanted.items()}
    return told


def _flows(realm: Realm) -> Iterator[Item]:
    for row in realm.get_authentication_flows():
        if not row["builtIn"]:
            steps = realm.get_authentication_flow_executions(row["alias"])
            told = [
                {"provider": step.get("providerId", step["displayName"]), "requirement": step["requirement"]}
                for step in steps
            ]
            yield Item(Kind.FLOW, row["alias"], bare({**_description(row), "executions": told}), row["id"], row)


def _description(row: Body) -> Body:
    return {"description": row.get("description", "")}


def _scopes(realm: Realm) -> Iterator[Item]:
    for row in realm.get_client_scopes():
        body = {**_description(row), "protocol": row["protocol"], "attributes": row.get("attributes", {})}
        yield Item(Kind.SCOPE, row["name"], bare(body), row["id"], row)
        yield from _mappers(Kind.SCOPE_MAPPER, row["name"], row)
        yield from _role_scope(realm, f"scope {row['name']}", f"client-scopes/{row['id']}")


def _mappers(kind: Kind, owner: str, row: Body) -> Iterator[Item]:
    for mapper in row.get("protocolMappers", ()):
        body = {key: mapper.get(key) for key in ("protocol", "protocolMapper", "config")}
        yield Item(kind, f"{owner}/{mapper['name']}", bare(body), mapper["id"], mapper)


def _clients(realm: Realm, clients: list[dict[str, Any]]) -> Iterator[Item]:
    built_in = {name for names in read("clients")["built_in"].values() for name in names}
    for row in clients:
        name = row["clientId"]
        if name in built_in:
            yield Item(Kind.BUILT_IN, name, bare({key: row.get(key) for key in OPENINGS}), row["id"], row)
            continue
        yield Item(Kind.CLIENT, name, bare(row, KEPT_BY_SERVER), row["id"], row)
        yield from _mappers(Kind.CLIENT_MAPPER, name, row)
        yield from _role_scope(realm, name, f"clients/{row['id']}")


def _role_scope(realm: Realm, name: str, path: str) -> Iterator[Item]:
    told = realm.ask(f"{path}/scope-mappings")
    body = {client: sorted(role["name"] for role in row["mappings"]) for client, row in _by_client(told).items()}
    if body:
        yield Item(Kind.ROLE_SCOPE, name, body, path, told)


def _by_client(told: Body) -> dict[str, Body]:
    realm_roles = {"realm": {"mappings": told["realmMappings"]}} if told.get("realmMappings") else {}
    return {**told.get("clientMappings", {}), **realm_roles}


def _organisations(realm: Realm) -> Iterator[Item]:
    ids: dict[str, str] = {}
    for row in realm.get_organizations():
        ids[row["id"]] = row["alias"]
        yield Item(Kind.ORGANISATION, row["alias"], bare(row, frozenset({"id", "alias"})), row["id"], row)
    for row in realm.get_idps():
        yield Item(Kind.PROVIDER, row["alias"], bare(row, OF_A_PROVIDER), row["alias"], row)
        if row.get("organizationId"):
            yield Item(Kind.PROVIDER_LINK, f"{ids[row['organizationId']]}/{row['alias']}", {}, row["organizationId"])
        yield from _provider_mappers(realm, row["alias"])


def _provider_mappers(realm: Realm, alias: str) -> Iterator[Item]:
    for mapper in realm.get_idp_mappers(alias):
        body = {key: mapper.get(key) for key in ("identityProviderMapper", "config")}
        if mapper["id"].startswith(FIRST):
            body["id"] = mapper["id"]
        yield Item(Kind.PROVIDER_MAPPER, f"{alias}/{mapper['name']}", bare(body), mapper["id"], mapper)


def _roles(realm: Realm, clients: list[dict[str, Any]], told: Body) -> Iterator[Item]:
    default = told["defaultRole"]
    inside = realm.ask(f"roles-by-id/{default['id']}/composites")
    yield Item(
        Kind.DEFAULT_ROLES,
        default["name"],
        bare({"composites": sorted(row["name"] for row in inside)}),
        default["id"],
        {"composites": inside},
    )
    for row in realm.get_groups():
        yield Item(Kind.GROUP, row["id"], {}, row["id"])
    management = next(row["id"] for row in clients if row["clientId"] == ADMIN)
    holders: dict[str, list[str]] = defaultdict(list)
    ids: dict[str, str] = {}
    for role in realm.get_client_roles(management):
        for user in realm.get_client_role_members(management, role["name"]):
            name = user["username"] if user["username"].startswith(SERVICE_ACCOUNT) else user["id"]
            holders[name].append(role["name"])
            ids[name] = user["id"]
    for name, roles in holders.items():
        yield Item(Kind.ADMIN_ROLES, name, {"roles": sorted(roles)}, ids[name])


def _users(realm: Realm) -> Iterator[Item]:
    linked = {user["id"] for row in realm.get_idps() for user in realm.get_users({"idpAlias": row["alias"]})}
    for user in realm.get_users():
        if user["id"] not in linked:
            yield Item(Kind.STRAY_USER, user["id"], {}, user["id"])
        for credential in realm.get_credentials(user["id"]):
            name = f"{user['id']}/{credential['type']}"
            yield Item(Kind.CREDENTIAL, name, {}, credential["id"])
