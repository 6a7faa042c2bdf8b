"""The realm stays what the files say: nothing to write a second time, and what is planted is found (identity §11)."""

import json
from collections.abc import Callable

import pytest
import requests
from django.conf import settings
from tests.login.test_realm import plant_user, remove_mapper

import outside
from hlt_identity.models import KommunIdp, Machine, RealmLink, Trust
from hlt_identity.oidc.assertion import assertion
from hlt_identity.oidc.client_keys import key_file
from hlt_identity.oidc.endpoints import backend
from hlt_identity.provisioning.commands import run_check
from hlt_identity.provisioning.converge import apply, plan
from hlt_identity.provisioning.files import organisations
from hlt_identity.provisioning.items import Kind
from hlt_identity.provisioning.raw import PROVISIONER, Realm, answered, connect
from hlt_identity.provisioning.wanted import our_clients
from hlt_identity.provisioning.writers import NotByMachine
from hlt_platform.demo.accounts import make_accounts
from hlt_tenants.registry.provision import known_kommuner
from keycloak_server import VERSION
from named import CannotUse

pytestmark = [pytest.mark.usefixtures("real_realm"), pytest.mark.timeout(900)]


def client(realm: Realm, name: str) -> dict[str, object]:
    return dict(realm.ask("clients", clientId=name)[0])


def change_client(name: str, **changes: object) -> Callable[[Realm], None]:
    def plant(realm: Realm) -> None:
        found = client(realm, name)
        realm.update_client(str(found["id"]), {**found, **changes})

    return plant


def change_attribute(name: str, **attributes: str) -> Callable[[Realm], None]:
    def plant(realm: Realm) -> None:
        found = client(realm, name)
        told = {key.replace("_", "."): value for key, value in attributes.items()}
        realm.update_client(str(found["id"]), {**found, "attributes": {**found["attributes"], **told}})  # type: ignore[dict-item]

    return plant


def change_provider(alias: str, **changes: object) -> Callable[[Realm], None]:
    def plant(realm: Realm) -> None:
        found = realm.get_idp(alias)
        config = {**found["config"], **{k: v for k, v in changes.items() if k in CONFIG}}
        realm.update_idp(alias, {**found, **{k: v for k, v in changes.items() if k not in CONFIG}, "config": config})

    return plant


CONFIG = {"validateSignature", "passMaxAge", "filteredByClaim", "clientAuthMethod"}


def change_realm(**changes: object) -> Callable[[Realm], object]:
    return lambda realm: realm.update_realm("hlt", dict(changes))


def extra_mapper(realm: Realm) -> None:
    config = {"role": "realm-management.realm-admin", "syncMode": "INHERIT"}
    own = {
        "name": "evil",
        "identityProviderAlias": "idp-umea",
        "identityProviderMapper": "oidc-hardcoded-role-idp-mapper",
    }
    realm.add_mapper_to_idp("idp-umea", {**own, "config": config})


def moved_mapper(realm: Realm) -> None:
    row = next(row for row in realm.get_idp_mappers("idp-umea") if row["name"] == "reset-acr")
    remove_mapper(realm, "idp-umea", "reset-acr")
    realm.add_mapper_to_idp("idp-umea", {key: value for key, value in row.items() if key != "id"})


def extra_provider(realm: Realm) -> None:
    found = realm.get_idp("idp-umea")
    told = {key: value for key, value in found.items() if key not in ("internalId", "organizationId")}
    realm.create_idp({**told, "alias": "idp-evil"})


def moved_provider(realm: Realm) -> None:
    ids = {row["alias"]: row["id"] for row in realm.get_organizations()}
    realm.organization_idp_remove(ids["umea"], "idp-umea")
    realm.organization_idp_add(ids["lycksele"], "idp-umea")


def password_step(realm: Realm) -> None:
    realm.create_authentication_flow_execution({"provider": "auth-username-password-form"}, "hlt-browser")


def auto_link(realm: Realm) -> None:
    realm.create_authentication_flow_execution({"provider": "idp-auto-link"}, "hlt-first-login")


def admin_role(realm: Realm) -> None:
    management = str(client(realm, "realm-management")["id"])
    role = realm.get_client_role(management, "manage-users")
    realm.assign_client_role(realm.get_users({"idpAlias": "idp-umea"})[0]["id"], management, [role])


def wide_scope(realm: Realm) -> None:
    realm.create_client_scope({"name": "profile", "protocol": "openid-connect"})


def full_roles(realm: Realm) -> None:
    roles = [role for role in realm.get_realm_roles() if role["name"] == "offline_access"]
    realm.send(f"roles-by-id/{realm.get_realm('hlt')['defaultRole']['id']}/composites", roles)


def required_action(realm: Realm) -> None:
    row = next(row for row in realm.get_required_actions() if row["alias"] == "UPDATE_PASSWORD")
    realm.update_required_action("UPDATE_PASSWORD", {**row, "enabled": True})


def extra_client(realm: Realm) -> None:
    realm.create_client({"clientId": "evil", "publicClient": True, "directAccessGrantsEnabled": True})


def planted_password(realm: Realm) -> None:
    account = realm.get_users({"idpAlias": "idp-umea"})[0]["id"]
    realm.set_user_password(account, "planted-1", temporary=False)


WIDE = {"redirectUris": ["http://umea.hlt.localhost/*"]}
PLANTED: dict[str, tuple[Callable[[Realm], object], Kind]] = {
    "an extra mapper at a provider": (extra_mapper, Kind.PROVIDER_MAPPER),
    "the order of mappers": (moved_mapper, Kind.PROVIDER_MAPPER),
    "an extra provider": (extra_provider, Kind.PROVIDER),
    "a provider of another organisation": (moved_provider, Kind.PROVIDER_LINK),
    "e-mail trusted": (change_provider("idp-umea", trustEmail=True), Kind.PROVIDER),
    "signatures not validated": (change_provider("idp-umea", validateSignature="false"), Kind.PROVIDER),
    "age not passed on": (change_provider("idp-umea", passMaxAge="false"), Kind.PROVIDER),
    "level not demanded": (change_provider("idp-umea", filteredByClaim="false"), Kind.PROVIDER),
    "a wildcard redirect": (change_client("hlt-web-umea", **WIDE), Kind.CLIENT),
    "no proof key": (change_attribute("hlt-web-umea", pkce_code_challenge_method=""), Kind.CLIENT),
    "a secret instead of a key": (
        change_client("hlt-web-umea", clientAuthenticatorType="client-secret"),
        Kind.CLIENT,
    ),
    "direct grant": (change_client("hlt-web-umea", directAccessGrantsEnabled=True), Kind.CLIENT),
    "full scope": (change_client("hlt-web-umea", fullScopeAllowed=True), Kind.CLIENT),
    "token exchange": (change_attribute("hlt-web-umea", standard_token_exchange_enabled="true"), Kind.CLIENT),
    "an extra client": (extra_client, Kind.CLIENT),
    "a built-in client": (change_client("admin-cli", enabled=True), Kind.BUILT_IN),
    "a longer life of tokens": (change_realm(accessTokenLifespan=3600), Kind.REALM),
    "events off": (change_realm(eventsEnabled=False), Kind.REALM),
    "another sign-in flow": (change_realm(browserFlow="browser"), Kind.REALM),
    "registration": (change_realm(registrationAllowed=True), Kind.REALM),
    "a password step": (password_step, Kind.FLOW),
    "linking by e-mail": (auto_link, Kind.FLOW),
    "an administrator among people": (admin_role, Kind.ADMIN_ROLES),
    "a scope with names": (wide_scope, Kind.SCOPE),
    "a role for everybody": (full_roles, Kind.DEFAULT_ROLES),
    "a required action": (required_action, Kind.REQUIRED_ACTION),
    "a person's password": (planted_password, Kind.CREDENTIAL),
}


@pytest.mark.threat(12)
@pytest.mark.parametrize(("plant", "kind"), PLANTED.values(), ids=PLANTED.keys())
def test_what_was_planted_is_found_named_and_taken_away(plant: Callable[[Realm], object], kind: Kind) -> None:
    realm = connect()
    assert plan(realm) == []
    plant(realm)
    found = plan(realm)
    assert {change.item.kind for change in found} == {kind}
    apply(lambda _line: None)
    assert plan(realm) == []


def test_a_local_user_is_found_and_left_for_a_person_to_judge(capsys: pytest.CaptureFixture[str]) -> None:
    planted = plant_user("hlt")
    kinds = {change.item.kind for change in plan(connect())}
    assert kinds == {Kind.STRAY_USER, Kind.CREDENTIAL}
    assert run_check(None) == 1  # type: ignore[arg-type]
    told = capsys.readouterr().out
    assert planted in told
    assert "planted@" not in told
    with pytest.raises(NotByMachine):
        apply(lambda _line: None)
    connect().delete_user(planted)


def test_a_second_apply_writes_nothing_and_leaves_no_event() -> None:
    realm = connect()
    before = len(realm.ask("admin-events", max=100_000))
    assert apply(lambda _line: None) == 0
    assert make_accounts() == 0
    assert len(realm.ask("admin-events", max=100_000)) == before
    assert run_check(None) == 0  # type: ignore[arg-type]


def test_the_realm_can_be_checked_by_its_own_service_account_with_a_key() -> None:
    before, settings.HLT_KEYCLOAK_ADMIN_SECRET = settings.HLT_KEYCLOAK_ADMIN_SECRET, ""
    try:
        assert connect().connection.client_id == PROVISIONER
        assert plan(connect()) == []
    finally:
        settings.HLT_KEYCLOAK_ADMIN_SECRET = before


def test_a_keycloak_that_somebody_else_runs_is_tried_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {
        "HLT_KEYCLOAK_URL": settings.HLT_KEYCLOAK_URL,
        "HLT_KEYCLOAK_ADMIN_CLIENT": settings.HLT_KEYCLOAK_ADMIN_CLIENT,
        "HLT_KEYCLOAK_ADMIN_SECRET": settings.HLT_KEYCLOAK_ADMIN_SECRET,
    }
    for key, text in own.items():
        monkeypatch.setenv(key, text)
    assert outside.keycloak() == {**own, "HLT_KEYCLOAK_PUBLIC_URL": settings.HLT_KEYCLOAK_PUBLIC_URL}
    monkeypatch.setattr(outside, "KEYCLOAK", "27.0")
    with pytest.raises(CannotUse, match=f"is version {VERSION}; 27.0 is needed"):
        outside.keycloak()
    monkeypatch.setenv("HLT_KEYCLOAK_ADMIN_SECRET", "another")
    with pytest.raises(CannotUse, match="does not know client hlt-bootstrap with the secret"):
        outside.keycloak()
    monkeypatch.setenv("HLT_KEYCLOAK_PUBLIC_URL", "http://elsewhere")
    with pytest.raises(CannotUse, match="calls itself http://id"):
        outside.keycloak()


@pytest.mark.threat(19)
@pytest.mark.parametrize(
    ("account", "allowed"), [("hlt-events", {"admin-events", "events"}), ("hlt-leavers", {"users"})]
)
def test_a_service_account_reaches_its_own_part_and_no_more(account: str, allowed: set[str]) -> None:
    form = {"grant_type": "client_credentials", **assertion(account)}
    token = requests.post(backend("token"), data=form, timeout=10).json()["access_token"]
    reached = set()
    for part in ("admin-events", "events", "users", "clients", "identity-provider/instances", "organizations"):
        address = f"{settings.HLT_KEYCLOAK_URL}/admin/realms/hlt/{part}"
        if requests.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=10).ok:
            reached.add(part)
    assert reached == allowed


def test_the_files_name_the_kommuner_of_the_registry() -> None:
    named = {(row.kommunkod, row.slug) for row in organisations()}
    assert named == {(facts.kommunkod, facts.slug) for facts in known_kommuner()} | {("region", "region")}


def test_the_door_knows_every_host_its_providers_and_what_their_word_is_worth() -> None:
    ids = {row["alias"]: row["id"] for row in connect().get_organizations()}
    assert {row.slug: row.kc_org_id for row in RealmLink.objects.all()} == ids
    assert set(KommunIdp.objects.filter(kommunkod="2481").values_list("idp", flat=True)) == {
        "idp-lycksele",
        "idp-region",
    }
    assert KommunIdp.objects.filter(kommunkod="region").count() == len(ids)
    assert {row.idp for row in Trust.objects.filter(level=3)} >= {f"idp-{slug}" for slug in ids}
    assert Machine.objects.filter(client_id="svc-region-demo", owner="region", role="member").exists()


def test_keys_of_clients_are_readable_by_their_owner_only(real_realm: object) -> None:
    files = [key_file(name) for name in our_clients()]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert len({json.loads(file.read_text())["d"] for file in files}) == len(files)


def test_no_answer_of_the_admin_interface_is_taken_for_good_when_it_is_a_refusal() -> None:
    with pytest.raises(requests.HTTPError):
        answered(connect().connection.raw_get("admin/realms/atlantis"))
