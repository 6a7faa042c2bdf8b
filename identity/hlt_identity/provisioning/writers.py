"""How each kind of item is made, mended and removed: one small function each, python-keycloak where it has a method."""

from collections.abc import Callable, Mapping
from typing import Any

from hlt_identity.provisioning.found import KEPT_BY_SERVER, OPENINGS, SERVICE_ACCOUNT
from hlt_identity.provisioning.items import Body, Item, Kind
from hlt_identity.provisioning.plan import Change, Verb
from hlt_identity.provisioning.raw import Realm
from hlt_identity.provisioning.wanted import ADMIN

SCOPES = {"defaultClientScopes": "default-client-scopes", "optionalClientScopes": "optional-client-scopes"}


class NotByMachine(Exception):
    """A difference that a person must judge: what it is about is not thrown away by a program."""


def write(realm: Realm, change: Change) -> None:
    """Do one change; what cannot be mended in place is removed and made again."""
    kind, found = change.item.kind, change.found
    if change.verb is Verb.REMOVE:
        REMOVE[kind](realm, change.item)
    elif found is None:
        CREATE[kind](realm, change.item)
    elif kind in UPDATE:
        UPDATE[kind](realm, change.item, found)
    else:
        REMOVE[kind](realm, found)
        CREATE[kind](realm, change.item)


def _realm(realm: Realm, wanted: Item, _found: Item) -> None:
    realm.update_realm("hlt", dict(wanted.whole))


def _profile(realm: Realm, wanted: Item, _found: Item) -> None:
    realm.update_realm_users_profile(dict(wanted.whole))


def _create_key(realm: Realm, item: Item) -> None:
    kind = {"providerType": "org.keycloak.keys.KeyProvider", "parentId": realm.get_realm("hlt")["id"]}
    realm.create_component({"name": item.name, **kind, **item.whole})


def _update_key(realm: Realm, wanted: Item, found: Item) -> None:
    realm.update_component(found.handle, {**found.whole, **wanted.whole})


def _disable_action(realm: Realm, item: Item) -> None:
    realm.update_required_action(item.name, {**item.whole, "enabled": False, "defaultAction": False})


def _create_flow(realm: Realm, item: Item) -> None:
    top = {"alias": item.name, "providerId": "basic-flow", "topLevel": True, "builtIn": False}
    realm.create_authentication_flow({**top, "description": item.whole["description"]})
    _add_steps(realm, item)


def _update_flow(realm: Realm, wanted: Item, found: Item) -> None:
    """Change the steps in place: a flow in use cannot be removed."""
    for step in realm.get_authentication_flow_executions(wanted.name):
        if step["level"] == 0:
            realm.delete_authentication_flow_execution(step["id"])
    realm.update_authentication_flow(found.handle, {**found.whole, "description": wanted.whole["description"]})
    _add_steps(realm, wanted)


def _add_steps(realm: Realm, item: Item) -> None:
    for step in item.whole["executions"]:
        realm.create_authentication_flow_execution({"provider": step["provider"]}, item.name)
        made = realm.get_authentication_flow_executions(item.name)[-1]
        realm.update_authentication_flow_executions({**made, "requirement": step["requirement"]}, item.name)


def _remove_flow(realm: Realm, item: Item) -> None:
    realm.delete_authentication_flow(item.handle)


def _create_scope(realm: Realm, item: Item) -> None:
    realm.create_client_scope({"name": item.name, **item.whole})


def _update_scope(realm: Realm, wanted: Item, found: Item) -> None:
    realm.update_client_scope(found.handle, {**found.whole, **wanted.whole})


def _remove_scope(realm: Realm, item: Item) -> None:
    realm.delete_client_scope(item.handle)


def scope_id(realm: Realm, name: str) -> str:
    return next(str(row["id"]) for row in realm.get_client_scopes() if row["name"] == name)


def _create_scope_mapper(realm: Realm, item: Item) -> None:
    realm.add_mapper_to_client_scope(scope_id(realm, item.owner), {"name": item.part, **item.whole})


def _remove_scope_mapper(realm: Realm, item: Item) -> None:
    realm.delete_mapper_from_client_scope(scope_id(realm, item.owner), item.handle)


def _create_client(realm: Realm, item: Item) -> None:
    realm.create_client(dict(item.whole))


def _update_client(realm: Realm, wanted: Item, found: Item) -> None:
    # An attribute that is left out stays; an empty one goes.
    extra = {key: "" for key in found.whole.get("attributes", {}) if key not in KEPT_BY_SERVER}
    attributes = {**extra, **wanted.whole["attributes"]}
    realm.update_client(found.handle, {**_without_mappers(found.whole), **wanted.whole, "attributes": attributes})
    _set_scopes(realm, wanted, found.whole)


def _without_mappers(whole: Body) -> Body:
    return {
        key: value
        for key, value in whole.items()
        if key not in ("protocolMappers", "authenticationFlowBindingOverrides")
    }


def _set_scopes(realm: Realm, wanted: Item, found: Body) -> None:
    for field, path in SCOPES.items():
        has, wants = set(found.get(field, ())), set(wanted.whole[field])
        for name in sorted(has - wants):
            realm.drop(f"clients/{found['id']}/{path}/{scope_id(realm, name)}")
        for name in sorted(wants - has):
            realm.put(f"clients/{found['id']}/{path}/{scope_id(realm, name)}", {})


def _remove_client(realm: Realm, item: Item) -> None:
    realm.delete_client(item.handle)


def client_id(realm: Realm, name: str) -> str:
    return str(realm.ask("clients", clientId=name)[0]["id"])


def _create_client_mapper(realm: Realm, item: Item) -> None:
    realm.add_mapper_to_client(client_id(realm, item.owner), {"name": item.part, **item.whole})


def _remove_client_mapper(realm: Realm, item: Item) -> None:
    realm.remove_client_mapper(client_id(realm, item.owner), item.handle)


def _close(realm: Realm, wanted: Item, found: Item) -> None:
    realm.update_client(found.handle, {**found.whole, **{key: wanted.whole.get(key, False) for key in OPENINGS}})


def _create_organisation(realm: Realm, item: Item) -> None:
    realm.create_organization({"alias": item.name, **item.whole})


def _update_organisation(realm: Realm, wanted: Item, found: Item) -> None:
    realm.update_organization(found.handle, {"id": found.handle, "alias": wanted.name, **wanted.whole})


def _remove_organisation(realm: Realm, item: Item) -> None:
    realm.delete_organization(item.handle)


def organisation_id(realm: Realm, alias: str) -> str:
    return next(str(row["id"]) for row in realm.get_organizations() if row["alias"] == alias)


def _create_provider(realm: Realm, item: Item) -> None:
    realm.create_idp(dict(item.whole))


def _update_provider(realm: Realm, wanted: Item, found: Item) -> None:
    kept = {key: found.whole[key] for key in ("internalId", "organizationId") if key in found.whole}
    realm.update_idp(wanted.name, {**kept, **wanted.whole})


def _remove_provider(realm: Realm, item: Item) -> None:
    realm.delete_idp(item.name)


def _link(realm: Realm, item: Item) -> None:
    realm.organization_idp_add(organisation_id(realm, item.owner), item.part)


def _unlink(realm: Realm, item: Item) -> None:
    realm.organization_idp_remove(item.handle, item.part)


def _create_provider_mapper(realm: Realm, item: Item) -> None:
    own = {"name": item.part, "identityProviderAlias": item.owner}
    realm.add_mapper_to_idp(item.owner, {**own, **item.whole})


def _remove_provider_mapper(realm: Realm, item: Item) -> None:
    realm.drop(f"identity-provider/instances/{item.owner}/mappers/{item.handle}")


def _empty_default_roles(realm: Realm, _wanted: Item, found: Item) -> None:
    realm.drop(f"roles-by-id/{found.handle}/composites", found.whole["composites"])


def _create_role_scope(realm: Realm, item: Item) -> None:
    owner, management = client_id(realm, item.name), client_id(realm, ADMIN)
    realm.send(f"clients/{owner}/scope-mappings/clients/{management}", _role_rows(realm, management, item.body[ADMIN]))


def _role_rows(realm: Realm, management: str, names: list[str]) -> list[dict[str, Any]]:
    return [row for row in realm.get_client_roles(management) if row["name"] in names]


def _remove_role_scope(realm: Realm, item: Item) -> None:
    if item.whole.get("realmMappings"):
        realm.drop(f"{item.handle}/scope-mappings/realm", item.whole["realmMappings"])
    rows: Mapping[str, Body] = item.whole.get("clientMappings", {})
    for row in rows.values():
        realm.drop(f"{item.handle}/scope-mappings/clients/{row['id']}", row["mappings"])


def _grant(realm: Realm, item: Item) -> None:
    owner = realm.get_client_service_account_user(client_id(realm, item.name.removeprefix(SERVICE_ACCOUNT)))
    management = client_id(realm, ADMIN)
    realm.assign_client_role(owner["id"], management, _role_rows(realm, management, item.body["roles"]))


def _revoke(realm: Realm, item: Item) -> None:
    management = client_id(realm, ADMIN)
    rows = _role_rows(realm, management, item.body["roles"])
    realm.delete_client_roles_of_user(item.handle, management, rows)


def _remove_group(realm: Realm, item: Item) -> None:
    realm.delete_group(item.handle)


def _remove_credential(realm: Realm, item: Item) -> None:
    realm.delete_credential(item.owner, item.handle)


def _judge(_realm: Realm, item: Item) -> None:
    raise NotByMachine(f"{item.kind} {item.name}: link it to its provider or remove it by hand")


def _remove_key(realm: Realm, item: Item) -> None:
    realm.delete_component(item.handle)


CREATE: dict[Kind, Callable[[Realm, Item], None]] = {
    Kind.KEY: _create_key,
    Kind.FLOW: _create_flow,
    Kind.SCOPE: _create_scope,
    Kind.SCOPE_MAPPER: _create_scope_mapper,
    Kind.CLIENT: _create_client,
    Kind.CLIENT_MAPPER: _create_client_mapper,
    Kind.ORGANISATION: _create_organisation,
    Kind.PROVIDER: _create_provider,
    Kind.PROVIDER_LINK: _link,
    Kind.PROVIDER_MAPPER: _create_provider_mapper,
    Kind.ROLE_SCOPE: _create_role_scope,
    Kind.ADMIN_ROLES: _grant,
}
UPDATE: dict[Kind, Callable[[Realm, Item, Item], None]] = {
    Kind.REALM: _realm,
    Kind.USER_PROFILE: _profile,
    Kind.KEY: _update_key,
    Kind.FLOW: _update_flow,
    Kind.SCOPE: _update_scope,
    Kind.CLIENT: _update_client,
    Kind.BUILT_IN: _close,
    Kind.ORGANISATION: _update_organisation,
    Kind.PROVIDER: _update_provider,
    Kind.DEFAULT_ROLES: _empty_default_roles,
}
REMOVE: dict[Kind, Callable[[Realm, Item], None]] = {
    Kind.KEY: _remove_key,
    Kind.REQUIRED_ACTION: _disable_action,
    Kind.FLOW: _remove_flow,
    Kind.SCOPE: _remove_scope,
    Kind.SCOPE_MAPPER: _remove_scope_mapper,
    Kind.CLIENT: _remove_client,
    Kind.CLIENT_MAPPER: _remove_client_mapper,
    Kind.ORGANISATION: _remove_organisation,
    Kind.PROVIDER: _remove_provider,
    Kind.PROVIDER_LINK: _unlink,
    Kind.PROVIDER_MAPPER: _remove_provider_mapper,
    Kind.ROLE_SCOPE: _remove_role_scope,
    Kind.ADMIN_ROLES: _revoke,
    Kind.GROUP: _remove_group,
    Kind.CREDENTIAL: _remove_credential,
    Kind.STRAY_USER: _judge,
}
