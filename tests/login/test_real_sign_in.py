"""The cast signs in through the real Keycloak and its 16 providers, over sockets, on the served platform."""

import json
import logging
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.utils.timezone import now as instant
from tests.keycloak_running import Server
from tests.login.issuer import running
from tests.login.signing import claims, someone
from tests.served import served
from tests.signing_in import claims_of

from hlt_identity.login.errors import WORDS, Why
from hlt_identity.models import Person, Session
from hlt_identity.oidc.endpoints import host_url
from hlt_identity.provisioning.accounts import end_sessions
from hlt_identity.provisioning.raw import connect
from hlt_identity.sessions.refreshing import SILENCE
from hlt_identity.sessions.sealing import unseal
from hlt_platform.demo.browsing import Browser
from hlt_platform.demo.people import CAST, person_id

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
NUMBER = "20170504-2382"
PASSWORDS = {player.user: player.password for player in CAST}


@pytest.fixture(scope="module", autouse=True)
def platform(real_realm: Server) -> Iterator[None]:
    """The platform on the port that the realm's clients and the realm's own calls name."""
    SILENCE.forget()
    with served(real_realm.ports[2], is_real=True):
        yield


def enter(user: str, slug: str, via: str = "kommun", who: Browser | None = None) -> tuple[Browser, requests.Response]:
    """Press a way in and say who it is when a provider asks; give the browser and the page one lands on."""
    who = who or Browser()
    return who, who.sign_in(f"{host_url(slug)}/logga-in?via={via}", user, PASSWORDS[user])


def changed(user: str, slug: str, *changes: tuple[str, str]) -> requests.Response:
    """Sign in by an address that somebody changed on its way to the realm."""
    who = Browser()
    to_realm = who.get(f"{host_url(slug)}/logga-in?via=kommun", until="http://id.").headers["Location"]
    for old, new in changes:
        assert old in to_realm
        to_realm = to_realm.replace(old, new)
    return who.sign_in(to_realm, user, PASSWORDS[user])


def is_in(who: Browser, slug: str) -> bool:
    return who.get(f"{host_url(slug)}/session").status_code == 204


def refused_for(page: requests.Response, why: Why) -> bool:
    return page.status_code == 403 and WORDS[why][0] in page.text


def sign_out(who: Browser, slug: str) -> requests.Response:
    """Press *Logga ut* and go where the page refreshes to."""
    page = who.get(f"{host_url(slug)}/hjalp")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None
    who.session.headers["Sec-Fetch-Site"] = "same-origin"
    answer = who.post(f"{host_url(slug)}/logga-ut", {"csrfmiddlewaretoken": token[1]})
    return who.get(answer.headers["Refresh"].partition("url=")[2])


def session_of(user: str) -> Session:
    return Session.objects.filter(person_id=person_id(user)).latest("created_at")


def due(user: str) -> None:
    """Let the session's next request be the one that asks the realm."""
    Session.objects.filter(key_hash=session_of(user).key_hash).update(refreshed_at=instant() - timedelta(minutes=5))


def test_karin_signs_in_at_lycksele_and_the_page_knows_her() -> None:
    karin, page = enter("karin", "lycksele")
    assert (page.status_code, urlsplit(page.url).path) == (200, "/")
    assert "Karin Lind" in page.text
    assert (session_of("karin").level, session_of("karin").idp) == (3, "idp-lycksele")
    assert not is_in(karin, "umea")


def test_britta_changes_from_lycksele_to_vindeln_by_one_press_and_no_question() -> None:
    britta, page = enter("britta", "lycksele", "region")
    link = re.search(r'href="([^"]+)">Vindeln<', page.text)
    assert link is not None
    page = britta.get(link[1].replace("&amp;", "&"))
    assert (page.status_code, urlsplit(page.url).path) == (200, "/")
    assert "BVC Vindeln" in page.text
    assert is_in(britta, "lycksele")
    assert is_in(britta, "vindeln")


@pytest.mark.threat(2)
def test_nils_of_umea_does_not_come_in_at_lycksele_however_the_address_is_changed() -> None:
    hint = ("kc_idp_hint=idp-lycksele", "kc_idp_hint=idp-umea")
    scope = ("organization%3Alycksele", "organization%3Aumea")
    assert refused_for(changed("nils", "lycksele", hint), Why.ORGANISATION)
    assert refused_for(changed("nils", "lycksele", hint, scope), Why.ORGANISATION)
    assert refused_for(changed("karin", "lycksele", scope), Why.ORGANISATION)
    nils, _page = enter("nils", "umea")
    assert is_in(nils, "umea")
    assert not is_in(nils, "lycksele")


@pytest.mark.threat(2)
def test_who_asks_for_two_organisations_gets_none() -> None:
    both = ("organization%3Alycksele", "organization%3Alycksele+organization%3Avindeln")
    who = Browser()
    to_realm = who.get(f"{host_url('lycksele')}/logga-in?via=region", until="http://id.").headers["Location"]
    page = who.sign_in(to_realm.replace(*both), "britta", PASSWORDS["britta"])
    assert refused_for(page, Why.ORGANISATION)


@pytest.mark.threat(10)
def test_sixten_whose_assignment_ended_is_told_so_though_his_provider_knows_him() -> None:
    _sixten, page = enter("sixten", "lycksele")
    assert refused_for(page, Why.ENDED)


def test_rut_signs_in_at_the_region_and_has_no_way_into_a_kommun() -> None:
    rut, page = enter("rut", "region", "region")
    assert "Rut Sandberg" in page.text
    page = rut.get(f"{host_url('lycksele')}/logga-in?via=region&byt=1")
    assert refused_for(page, Why.ORGANISATION)


def test_signing_out_reaches_the_provider() -> None:
    karin, _page = enter("karin", "lycksele")
    page = sign_out(karin, "lycksele")
    assert page.url == f"{host_url('lycksele')}/logga-ut/klar"
    assert not is_in(karin, "lycksele")
    assert 'type="password"' in karin.get(f"{host_url('lycksele')}/logga-in?via=kommun").text


@pytest.mark.threat(15)
def test_who_signs_out_at_vindeln_is_out_at_lycksele_too() -> None:
    britta, _page = enter("britta", "lycksele", "region")
    britta.get(f"{host_url('vindeln')}/logga-in?via=region&byt=1")
    sign_out(britta, "vindeln")
    assert not is_in(britta, "lycksele")


@pytest.mark.threat(10)
def test_who_is_logged_out_by_the_realm_is_out_at_the_next_press() -> None:
    ylva, _page = enter("ylva", "lycksele")
    end_sessions(connect(), session_of("ylva").sub)
    limit = time.monotonic() + 5
    while is_in(ylva, "lycksele") and time.monotonic() < limit:
        time.sleep(0.1)
    assert not is_in(ylva, "lycksele")


@pytest.mark.threat(10)
def test_who_is_disabled_only_in_the_realm_is_out_at_the_next_refresh() -> None:
    anders, _page = enter("anders", "lycksele")
    realm, account = connect(), Person.objects.get(id=person_id("anders")).sub
    realm.update_user(account, {"enabled": False})
    try:
        assert is_in(anders, "lycksele")
        due("anders")
        assert not is_in(anders, "lycksele")
    finally:
        realm.update_user(account, {"enabled": True})


def test_a_session_is_refreshed_as_often_as_it_is_due() -> None:
    samira, _page = enter("samira", "lycksele")
    for _time in range(3):
        due("samira")
        assert is_in(samira, "lycksele")
        assert instant() - session_of("samira").refreshed_at < timedelta(minutes=1)


@pytest.mark.threat(23)
def test_no_log_tells_a_number_a_name_or_a_token(real_realm: Server, caplog: pytest.LogCaptureFixture) -> None:
    name = dict.fromkeys(("username", "firstName", "lastName"), NUMBER)
    body = {**name, "enabled": True, "email": f"{NUMBER}@x.example"}
    body |= {"attributes": {"acr": [LOA3], "employeeHsaId": [NUMBER]}}
    credential = {"type": "password", "value": "planted-1", "temporary": False}
    connection, idp = connect().connection, "admin/realms/idp-lycksele/users"
    made = connection.raw_post(idp, data=json.dumps({**body, "credentials": [credential]}))
    try:
        with caplog.at_level(logging.DEBUG):
            who = Browser()
            page = who.sign_in(f"{host_url('lycksele')}/logga-in?via=kommun", NUMBER, "planted-1")
            who.get(f"{host_url('lycksele')}/logga-in/klar?state={NUMBER}&code={NUMBER}")
        assert page.status_code in (200, 403)
        said = real_realm.log.read_text() + ours(caplog)
        assert not [word for word in (NUMBER, "eyJ") if word in said]
    finally:
        connection.raw_delete(f"{idp}/{made.headers['Location'].rpartition('/')[2]}")


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """Give what the platform logged; the browser of the test speaks through urllib3."""
    return "\n".join(row.getMessage() for row in caplog.records if not row.name.startswith("urllib3"))


def shape(told: dict[str, Any]) -> dict[str, str]:
    return {name: type(value).__name__ for name, value in told.items()}


@pytest.fixture(scope="module")
def real_claims() -> dict[str, Any]:
    _karin, _page = enter("karin", "lycksele")
    row = session_of("karin")
    kept = unseal(bytes(row.tokens_enc or b""), key_hash=row.key_hash, kommunkod=row.kommunkod)
    assert kept is not None
    return claims_of(kept.id_token)


def test_the_programmable_realm_says_what_the_real_one_says(real_claims: dict[str, Any]) -> None:
    with running() as realm:
        nurse = someone()
        told = claims_of(realm.tokens("hlt-web-lycksele", claims(nurse, "lycksele"), "nonce")["id_token"])
    assert shape(told) == shape(real_claims)
