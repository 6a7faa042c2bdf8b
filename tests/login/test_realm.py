"""What the real Keycloak does with the realm that our files describe (identity §19): the server may change its mind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import requests
from django.test import Client as Browsing
from tests.keycloak_running import Server
from tests.signing_in import PASSWORDS, Client, claims_of

from hlt_identity.models import RealmLink
from hlt_identity.oidc.assertion import assertion
from hlt_identity.oidc.endpoints import backend, callback_url, public, signed_out_url
from hlt_identity.provisioning.converge import apply
from hlt_identity.provisioning.raw import Realm, answered, connect
from hlt_platform.demo.browsing import Browser, Form
from hlt_platform.demo.people import person_id

# An invitation with a signature of nobody: {"alg": "HS256"}, {"typ": "ORGIVT", "eml": "x@x.example"}.
FORGED = "eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJPUkdJVlQiLCJlbWwiOiJ4QHguZXhhbXBsZSJ9.AAAA"
ACTIONS = ("registration", "reset-credentials", "required-action?execution=UPDATE_PROFILE&x=")
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
pytestmark = [pytest.mark.usefixtures("real_realm"), pytest.mark.timeout(900)]


@contextmanager
def saying(user: str, idp: str, **attributes: list[str]) -> Iterator[None]:
    """Let a demo provider assert something else of somebody for a while."""
    connection, path = connect().connection, f"admin/realms/{idp}/users/{person_id(user)}"
    before = answered(connection.raw_get(path))
    told = {"acr": [LOA3], **attributes}
    answered(connection.raw_put(path, data=_json({**before, "attributes": told})))
    try:
        yield
    finally:
        answered(connection.raw_put(path, data=_json(before)))


def _json(body: Any) -> str:
    return json.dumps(body)


@contextmanager
def changed_provider(alias: str, **config: str) -> Iterator[Realm]:
    """Plant other settings in an identity provider; `apply` takes them back."""
    realm = connect()
    before = realm.get_idp(alias)
    realm.update_idp(alias, {**before, "config": {**before["config"], **config}})
    try:
        yield realm
    finally:
        apply(lambda _line: None)


def test_karin_signs_in_through_her_own_kommuns_provider() -> None:
    told = Client("lycksele").sign_in("karin")
    link = RealmLink.objects.get(kommunkod="2481")
    assert told["organization"] == {"lycksele": {"id": link.kc_org_id}}
    assert (told["idp"], told["idp_acr"], told["idp_org"]) == ("idp-lycksele", LOA3, "none")
    assert (told["given_name"], told["family_name"]) == ("Karin", "Lind")
    assert (told["aud"], told["azp"], told["iss"]) == ("hlt-web-lycksele", "hlt-web-lycksele", link.issuer)
    assert not {"email", "preferred_username", "acr", "name"} & told.keys()


def test_an_access_token_says_nothing_of_a_person_and_is_for_no_audience() -> None:
    client = Client("lycksele")
    answer = client.redeem(client.arrive("karin")["code"])
    told = claims_of(answer["access_token"])
    assert not {"given_name", "family_name", "email", "idp_acr", "employeeHsaId", "aud", "realm_access"} & told.keys()
    assert "offline_access" not in answer["scope"]


def test_britta_of_the_region_enters_two_kommuner_with_one_sign_in_and_no_third() -> None:
    lycksele = Client("lycksele")
    told = lycksele.sign_in("britta", idp="idp-region")
    assert (told["idp"], set(told["organization"])) == ("idp-region", {"lycksele"})
    vindeln = Client("vindeln", lycksele.browser)
    again = claims_of(vindeln.redeem(vindeln.arrive("nobody", idp="idp-region")["code"])["id_token"])
    assert (set(again["organization"]), again["sub"], again["aud"]) == ({"vindeln"}, told["sub"], "hlt-web-vindeln")
    umea = Client("umea", lycksele.browser)
    assert "organization" not in umea.sign_in("nobody", idp="idp-region")


@pytest.mark.threat(2)
def test_an_unknown_organisation_is_an_error_and_two_come_both_so_that_the_door_must_count() -> None:
    assert Client("lycksele").arrive("karin", organisation="atlantis")["error"] == "invalid_scope"
    client = Client("vindeln")
    two = {"scope": "openid organization:vindeln organization:lycksele"}
    told = claims_of(client.redeem(client.arrive("britta", idp="idp-region", **two)["code"])["id_token"])
    assert set(told["organization"]) == {"vindeln", "lycksele"}


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"code_challenge": "", "code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_type": "token"}, "unauthorized_client"),
        ({"response_type": "id_token"}, "unauthorized_client"),
    ],
    ids=["no proof key", "a plain one", "implicit token", "implicit ID token"],
)
def test_a_weaker_way_to_ask_is_refused(change: dict[str, str], wanted: str) -> None:
    answer = Browser().get(Client("lycksele").link(**change), until=callback_url("lycksele"))
    assert f"error={wanted}" in answer.headers["Location"]


@pytest.mark.parametrize(
    "address",
    [callback_url("umea"), callback_url("lycksele") + "/x", callback_url("lycksele") + "?x=1", "https://evil.example/"],
)
@pytest.mark.threat(4)
def test_a_code_is_sent_to_one_address_only(address: str) -> None:
    answer = Browser().get(Client("lycksele").link(redirect_uri=address))
    assert answer.status_code == 400
    assert answer.url.startswith(public("auth"))


@pytest.mark.threat(2)
def test_a_code_for_umea_is_worth_nothing_to_skelleftea() -> None:
    umea = Client("umea")
    code = umea.arrive("nils")["code"]
    form = {"grant_type": "authorization_code", "redirect_uri": umea.redirect_uri, "code_verifier": umea.verifier}
    assert Client("skelleftea").token(code=code, **form).json()["error"] == "invalid_grant"


def test_a_refresh_token_is_good_once_and_its_second_use_ends_the_newest_too() -> None:
    client = Client("lycksele")
    first = client.redeem(client.arrive("karin")["code"])["refresh_token"]
    second = client.token(grant_type="refresh_token", refresh_token=first).json()
    assert "nonce" not in claims_of(second["id_token"])
    assert client.token(grant_type="refresh_token", refresh_token=first).status_code == 400
    assert client.token(grant_type="refresh_token", refresh_token=second["refresh_token"]).status_code == 400


@pytest.mark.threat(16)
def test_a_planted_password_gets_a_token_in_a_raw_realm_and_nothing_in_ours() -> None:
    name, connection = f"raw-{uuid4().hex[:8]}", connect().connection
    answered(connection.raw_post("admin/realms", data=_json({"realm": name, "enabled": True, "sslRequired": "none"})))
    try:
        plant_user(name)
        assert by_password(name, "admin-cli").ok
        planted = plant_user("hlt")
        assert by_password("hlt", "admin-cli").status_code == 401
        assert client_by_password("lycksele").status_code in (400, 401)
        answered(connection.raw_delete(f"admin/realms/hlt/users/{planted}"))
    finally:
        answered(connection.raw_delete(f"admin/realms/{name}"))


def plant_user(realm: str) -> str:
    """Give a realm a local user with a password, as a careless administrator would; give its id."""
    credential = {"type": "password", "value": "planted-1", "temporary": False}
    user = {"username": "planted", "enabled": True, "email": "p@x.example", "firstName": "P", "lastName": "P"}
    body = _json({**user, "credentials": [credential]})
    answer = connect().connection.raw_post(f"admin/realms/{realm}/users", data=body)
    answer.raise_for_status()
    return str(answer.headers["Location"].rpartition("/")[2])


def by_password(realm: str, client: str) -> requests.Response:
    form = {"grant_type": "password", "client_id": client, "username": "planted", "password": "planted-1"}
    return requests.post(backend("token").replace("/realms/hlt/", f"/realms/{realm}/"), data=form, timeout=10)


def client_by_password(slug: str) -> requests.Response:
    return Client(slug).token(grant_type="password", username="planted", password="planted-1")


@pytest.mark.threat(19)
@pytest.mark.parametrize("client", ["account", "account-console", "admin-cli", "security-admin-console"])
def test_a_built_in_client_opens_no_way_in(client: str) -> None:
    asked = {"client_id": client, "response_type": "code", "kc_idp_hint": "idp-lycksele", "scope": "openid"}
    assert Browser().get(f"{public('auth')}?{urlencode(asked)}").status_code == 400


@pytest.mark.threat(21)
@pytest.mark.parametrize("change", [{}, {"prompt": "login"}, {"login_hint": "karin"}, {"prompt": "create"}])
def test_no_page_of_the_realm_ever_asks_for_a_name_or_a_password(change: dict[str, str]) -> None:
    for idp in ("", "idp-unknown"):
        page = Browser().get(Client("lycksele").link(**{"idp": idp or "", **change, "kc_idp_hint": idp}))
        assert not {"username", "password", "email"} & Form(page.text).fields.keys()


@pytest.mark.threat(11)
def test_a_provider_that_asserts_no_level_is_refused_inside_keycloak() -> None:
    with saying("karin", "idp-lycksele", acr=[]):
        assert Client("lycksele").arrive("karin") == {"page": "502"}


@pytest.mark.threat(11)
def test_the_level_of_an_earlier_sign_in_survives_raw_and_not_with_our_reset() -> None:
    with changed_provider("idp-lycksele", filteredByClaim="false") as realm:
        client = Client("lycksele")
        assert client.sign_in("karin")["idp_acr"] == LOA3
        with saying("karin", "idp-lycksele", acr=[]):
            assert Client("lycksele", client.browser).sign_in("karin")["idp_acr"] == "none"
        remove_mapper(realm, "idp-lycksele", "reset-acr")
        assert Client("lycksele", client.browser).sign_in("karin")["idp_acr"] == LOA3
        with saying("karin", "idp-lycksele", acr=[]):
            assert Client("lycksele", client.browser).sign_in("karin")["idp_acr"] == LOA3
    assert Client("lycksele").sign_in("karin")["idp_acr"] == LOA3


def remove_mapper(realm: Realm, alias: str, name: str) -> None:
    row = next(row for row in realm.get_idp_mappers(alias) if row["name"] == name)
    realm.drop(f"identity-provider/instances/{alias}/mappers/{row['id']}")


@pytest.mark.threat(14)
def test_the_same_name_and_address_from_two_providers_are_two_people() -> None:
    nils = Client("umea").sign_in("nils")["sub"]
    namesake = {"username": "nils", "enabled": True, "email": "nils@umea.example", "firstName": "Nils"}
    credential = {"type": "password", "value": "nils-demo", "temporary": False}
    body = {**namesake, "lastName": "Öberg", "credentials": [credential], "attributes": {"acr": [LOA3]}}
    answer = connect().connection.raw_post("admin/realms/idp-skelleftea/users", data=_json(body))
    answer.raise_for_status()
    told = Client("skelleftea").sign_in("nils")
    assert (told["sub"] != nils, set(told["organization"])) == (True, {"skelleftea"})
    connect().connection.raw_delete(f"admin/realms/hlt/users/{told['sub']}")
    connect().connection.raw_delete(
        f"admin/realms/idp-skelleftea/users/{answer.headers['Location'].rpartition('/')[2]}"
    )


def is_known(who: Browser) -> bool:
    """Tell whether the realm has a session for this browser."""
    answer = who.get(Client("lycksele", who).link(prompt="none"), until=callback_url("lycksele"))
    return "error=" not in str(answer.headers.get("Location"))


def broker() -> str:
    return public("auth").replace("/protocol/openid-connect/auth", "/broker/idp-lycksele/endpoint")


@pytest.mark.threat(17)
@pytest.mark.parametrize("sent", [{}, {"code": "x"}, {"state": "x.y.z", "code": "x"}, {"SAMLResponse": "PHg+"}])
def test_an_answer_that_nobody_asked_for_opens_nothing(sent: dict[str, str]) -> None:
    who = Browser()
    assert who.get(f"{broker()}?{urlencode(sent)}").status_code >= 400
    assert who.session.post(broker(), data=sent, timeout=20).status_code >= 400
    assert not is_known(who)


@pytest.mark.threat(17)
def test_the_answer_to_another_browsers_question_opens_nothing() -> None:
    asking, other = Client("lycksele"), Browser()
    asking.browser.sign_in(asking.link(), "karin", PASSWORDS["karin"], until=broker())
    answer = asking.browser.hops[-1]
    assert answer.startswith(broker())
    assert other.get(answer).status_code >= 400
    assert not is_known(other)
    assert "code=" in asking.browser.get(answer, until=callback_url("lycksele")).headers["Location"]


@pytest.mark.threat(18)
def test_nobody_registers_invites_or_resets_although_a_raw_realm_lets_them() -> None:
    name, connection = f"raw-{uuid4().hex[:8]}", connect().connection
    raw = {"realm": name, "enabled": True, "sslRequired": "none", "registrationAllowed": True}
    answered(connection.raw_post("admin/realms", data=_json(raw)))
    try:
        back = f"{public('auth').partition('/realms/')[0]}/realms/{name}/account/"
        link = Client("lycksele").link(client_id="account-console", redirect_uri=back, scope="openid", kc_idp_hint="")
        there = link.replace("/realms/hlt/", f"/realms/{name}/").replace("/auth?", "/registrations?")
        assert "email" in Form(Browser().get(there).text).fields
    finally:
        answered(connection.raw_delete(f"admin/realms/{name}"))
    for address in side_doors():
        page = Browser().get(address)
        assert page.status_code >= 400, address
        assert not {"username", "password", "email"} & Form(page.text).fields.keys(), address


def side_doors() -> Iterator[str]:
    """Give the addresses by which a stranger could become a user, or somebody else."""
    realm, asked = public("auth").partition("/protocol/")[0], Client("lycksele").link().partition("?")[2]
    yield f"{realm}/protocol/openid-connect/registrations?{asked}"
    yield f"{realm}/protocol/openid-connect/registrations?{asked}&token={FORGED}"
    yield f"{realm}/protocol/openid-connect/forgot-credentials?{asked}"
    yield from (f"{realm}/login-actions/{door}?client_id=hlt-web-lycksele" for door in ACTIONS)
    yield f"{realm}/login-actions/action-token?key={FORGED}"


def test_signing_out_ends_the_session_at_the_kommuns_own_provider_too() -> None:
    client = Client("lycksele")
    tokens = client.redeem(client.arrive("karin")["code"])
    told = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": signed_out_url("lycksele")}
    client.browser.get(f"{public('logout')}?{urlencode(told)}", until=signed_out_url("lycksele"))
    assert client.browser.hops[-1].startswith(signed_out_url("lycksele"))
    page = client.browser.get(Client("lycksele").link(), until=callback_url("lycksele"))
    assert "password" in Form(page.text).fields


def test_signing_out_leads_to_one_address_only() -> None:
    client = Client("lycksele")
    tokens = client.redeem(client.arrive("karin")["code"])
    told = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": "https://evil.example/"}
    assert client.browser.get(f"{public('logout')}?{urlencode(told)}").status_code == 400


def test_a_real_machine_token_reads_the_regional_api_and_a_persons_token_does_not(real_realm: Server) -> None:
    form = {"grant_type": "client_credentials", **assertion("svc-region-demo")}
    machine = requests.post(backend("token"), data=form, timeout=10).json()["access_token"]
    person = Client("region")
    persons = person.redeem(person.arrive("rut")["code"])["access_token"]
    for token, status in ((machine, 200), (persons, 401), (machine[:-6] + "AAAAAA", 401)):
        client = Browsing(headers={"Host": "region.hlt.localhost", "Authorization": f"Bearer {token}"})
        answer = client.post("/graphql", {"query": "{ viewer { role } }"}, content_type="application/json")
        assert answer.status_code == status
