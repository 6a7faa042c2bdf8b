"""A session lives as long as its person may be here, to the minute, and not on any other host."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils.timezone import localdate
from django.utils.timezone import now as instant
from tests.cast import as_actor
from tests.login.issuer import Realm
from tests.login.signing import SLUGS, browser, region_hat, signed_in, someone, team_hat

from hlt_identity.models import KommunIdp, Person, RegionMember, Revoked, Session
from hlt_identity.sessions.places import alias_of, host_of
from hlt_identity.sessions.refreshing import SILENCE
from hlt_identity.sessions.store import found, hashed
from hlt_platform.demo.people import Hat
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.teams.actions import end_hat

MINUTE = timedelta(minutes=1)
HOSTS = {**SLUGS, "region": "region"}


def is_in(client: Client) -> bool:
    return client.get("/session").status_code == 204


def moved(client: Client, **changes: Any) -> None:
    """Change the session row of a browser, as time or somebody else would have."""
    Session.objects.filter(key_hash=hashed(client.cookies["__Host-hlt"].value)).update(**changes)


def aged(client: Client, minutes: float) -> None:
    moved(client, refreshed_at=instant() - minutes * MINUTE)


def providers(kommunkod: str, on: date) -> frozenset[str]:
    with inside(Where(kommunkod)):
        host = host_of(kommunkod, on)
    assert host is not None
    return host.place.idps


@pytest.fixture
def nurse(realm: Realm) -> Client:
    karin = someone()
    team_hat(karin)
    return signed_in(realm, karin)


@pytest.mark.parametrize(("minutes", "lives"), [(19.9, True), (20.1, False)])
def test_twenty_minutes_without_a_press_end_a_session(nurse: Client, minutes: float, lives: bool) -> None:
    moved(nurse, last_seen=instant() - minutes * MINUTE)
    assert is_in(nurse) is lives
    assert is_in(nurse) is lives


def test_ten_hours_end_a_session_however_busy(nurse: Client) -> None:
    moved(nurse, expires_at=instant() - timedelta(seconds=1))
    assert not is_in(nurse)


def test_every_press_moves_the_idle_end(nurse: Client) -> None:
    moved(nurse, last_seen=instant() - 15 * MINUTE)
    assert is_in(nurse)
    row = Session.objects.get(key_hash=hashed(nurse.cookies["__Host-hlt"].value))
    assert instant() - row.last_seen < MINUTE


@pytest.mark.threat(10)
def test_raising_a_persons_epoch_ends_every_session_at_the_next_press(nurse: Client) -> None:
    person = Session.objects.get(key_hash=hashed(nurse.cookies["__Host-hlt"].value)).person_id
    Person.objects.filter(id=person).update(epoch=2)
    assert not is_in(nurse)


@pytest.mark.threat(10)
@pytest.mark.parametrize("kind", ["sid", "sub"])
def test_who_stands_on_the_deny_list_is_out_at_the_next_press(nurse: Client, kind: str) -> None:
    row = Session.objects.get(key_hash=hashed(nurse.cookies["__Host-hlt"].value))
    Revoked(kind=kind, value_hash=hashed(getattr(row, kind)), until=instant() - MINUTE).save()
    assert is_in(nurse)
    Revoked.objects.filter(kind=kind, value_hash=hashed(getattr(row, kind))).update(until=instant() + MINUTE)
    assert not is_in(nurse)


def test_the_deny_list_ends_only_what_it_names(nurse: Client) -> None:
    row = Session.objects.get(key_hash=hashed(nurse.cookies["__Host-hlt"].value))
    listed = {"jti": row.sid, "sub": row.sid, "sid": row.sub}
    for kind, value in listed.items():
        Revoked(kind=kind, value_hash=hashed(value), until=instant() + MINUTE).save()
    assert is_in(nurse)


@pytest.mark.threat(10)
def test_a_hat_that_ends_today_opens_nothing_at_the_next_press(realm: Realm) -> None:
    sixten = someone()
    assignment = team_hat(sixten)
    client = signed_in(realm, sixten)
    assert is_in(client)
    admin = as_actor("administrator", Hat("2481", "school", "Kommunledning", "chef", "tenant_admin"))
    with inside(Where("2481", "admin")):
        end_hat(assignment=assignment, ends_on=localdate(), by=admin)
    assert not is_in(client)


@pytest.mark.threat(10)
def test_a_member_of_the_region_whose_time_is_over_is_out_at_the_next_press(realm: Realm) -> None:
    rut = someone("idp-region")
    row = region_hat(rut)
    client = signed_in(realm, rut, "region", "region")
    assert is_in(client)
    RegionMember.objects.filter(id=row).update(ends_on=localdate())
    assert not is_in(client)


def test_a_provider_that_is_no_longer_believed_ends_its_sessions(nurse: Client) -> None:
    believed = KommunIdp.objects.filter(kommunkod="2481", idp="idp-lycksele")
    believed.update(valid_to=localdate())
    assert not is_in(nurse)
    believed.update(valid_to=None)


def test_a_provider_is_not_believed_before_its_day(hosts: None) -> None:
    believed = KommunIdp.objects.get(kommunkod="2481", idp="idp-lycksele")
    assert providers("2481", believed.valid_from) == {"idp-lycksele", "idp-region"}
    assert "idp-lycksele" not in providers("2481", believed.valid_from - timedelta(days=1))


def test_the_question_alone_keeps_every_other_hosts_providers_away(
    hosts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hlt_identity.sessions.places.alias_of", lambda _kommunkod: "identity")
    assert providers("2481", localdate()) == {"idp-lycksele", "idp-region"}


def test_a_second_hat_does_not_change_the_one_worn(realm: Realm) -> None:
    karin = someone()
    team_hat(karin)
    client = signed_in(realm, karin)
    team_hat(karin, branch="pupil_health")
    assert is_in(client)


@pytest.fixture(scope="module")
def cookies(hosts: None) -> dict[str, str]:
    """One person with a session on each of the 16 hosts: the cookie of each."""
    from tests.login.issuer import running

    britta = someone("idp-region")
    for kommunkod in SLUGS:
        team_hat(britta, kommunkod, "region_health", is_regional=True)
    region_hat(britta)
    with running() as realm:
        clients = {kod: signed_in(realm, britta, slug, "region") for kod, slug in HOSTS.items()}
    return {kod: client.cookies["__Host-hlt"].value for kod, client in clients.items()}


def with_cookie(kommunkod: str, value: str) -> Client:
    client = browser(HOSTS[kommunkod])
    client.cookies["__Host-hlt"] = value
    return client


@pytest.mark.threat(1)
@pytest.mark.parametrize("here", HOSTS, ids=HOSTS.values())
def test_a_cookie_opens_its_own_host_and_none_of_the_fifteen_others(cookies: dict[str, str], here: str) -> None:
    opened = {kod for kod, value in cookies.items() if is_in(with_cookie(here, value))}
    assert opened == {here}


@pytest.mark.threat(1)
@pytest.mark.parametrize("here", HOSTS, ids=HOSTS.values())
def test_row_security_alone_keeps_every_other_hosts_session_away(cookies: dict[str, str], here: str) -> None:
    with inside(Where(here if here != "region" else "2480")):
        seen = {kod for kod, value in cookies.items() if found(here, value, instant()) is not None}
    assert seen == {here}


@pytest.mark.threat(1)
@pytest.mark.parametrize("here", HOSTS, ids=HOSTS.values())
def test_the_middleware_alone_keeps_every_other_hosts_session_away(
    cookies: dict[str, str], here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hlt_identity.sessions.store.alias_of", lambda _kommunkod: "identity")
    assert alias_of(here) != "identity"
    opened = {kod for kod, value in cookies.items() if is_in(with_cookie(here, value))}
    assert opened == {here}


def at_once(count: int, what: Callable[[], object]) -> list[object]:
    """Do the same in many threads that start together; give what each got."""
    gate, got = threading.Barrier(count), []

    def one() -> None:
        try:
            gate.wait()
            got.append(what())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.mark.threat(22)
def test_sixteen_requests_at_the_moment_of_refresh_ask_the_realm_once_and_all_go_on(
    realm: Realm, nurse: Client
) -> None:
    aged(nurse, 5)
    realm.seconds_to_answer = 0.3
    value = nurse.cookies["__Host-hlt"].value
    assert at_once(16, lambda: is_in(with_cookie("2481", value))) == [True] * 16
    assert realm.refreshes == 1
    aged(nurse, 5)
    assert is_in(nurse)
    assert realm.refreshes == 2


def test_a_session_younger_than_four_minutes_asks_nothing(realm: Realm, nurse: Client) -> None:
    aged(nurse, 3.9)
    assert is_in(nurse)
    assert realm.refreshes == 0


def test_a_post_is_refreshed_like_any_other_request(realm: Realm, nurse: Client) -> None:
    aged(nurse, 5)
    nurse.post("/uppdrag", {"assignment": ""})
    assert realm.refreshes == 1


@pytest.mark.threat(10)
def test_who_the_realm_no_longer_knows_is_frozen_and_taken_up_again_by_the_same_way(
    realm: Realm, nurse: Client
) -> None:
    aged(nurse, 5)
    realm.refresh_answer = lambda: (400, {"error": "invalid_grant", "error_description": "User disabled"})
    assert not is_in(nurse)
    realm.refresh_answer = None
    assert not is_in(nurse)
    assert realm.refreshes == 1
    answer = nurse.get("/uppdrag")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/logga-in?via=lycksele&byt=1&next=%2Fuppdrag")


def test_who_has_one_assignment_is_not_told_of_several(nurse: Client) -> None:
    page = nurse.get("/uppdrag").content.decode()
    assert "Du har ett uppdrag här." in page
    assert "flera" not in page


def test_a_form_sent_by_who_is_out_gets_401_and_a_link_never_a_redirect(realm: Realm) -> None:
    client = browser("lycksele", Referer="http://lycksele.hlt.localhost:8000/hjalp?x=1")
    answer = client.post("/uppdrag")
    assert answer.status_code == 401
    assert "/logga-in?next=%2Fhjalp" in answer.content.decode()
    part = client.get("/uppdrag", headers={"HX-Request": "true"})
    assert part.status_code == 401
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize(("minutes", "lives"), [(14.8, True), (15.2, False)])
def test_work_goes_on_for_fifteen_minutes_without_the_realm(
    realm: Realm, nurse: Client, minutes: float, lives: bool
) -> None:
    aged(nurse, minutes)
    realm.is_down = True
    assert is_in(nurse) is lives
    assert is_in(nurse) is lives
    realm.is_down = False
    SILENCE.forget()
    assert is_in(nurse)
    assert realm.refreshes == 1


def test_a_fault_of_our_own_registration_freezes_nobody(realm: Realm, nurse: Client) -> None:
    aged(nurse, 5)
    realm.refresh_answer = lambda: (401, {"error": "invalid_client"})
    assert is_in(nurse)
    assert Session.objects.get(key_hash=hashed(nurse.cookies["__Host-hlt"].value)).tokens_enc is not None


@pytest.mark.parametrize("claim", ["sub", "sid", "aud"])
def test_a_refresh_that_answers_for_somebody_else_freezes_the_session(realm: Realm, nurse: Client, claim: str) -> None:
    aged(nurse, 5)
    for kept in realm.refresh_tokens.values():
        kept["claims"][claim] = "another"
    assert not is_in(nurse)


def test_a_copied_session_row_opens_no_tokens(realm: Realm, nurse: Client) -> None:
    row = Session.objects.get(key_hash=hashed(nurse.cookies["__Host-hlt"].value))
    karin = someone()
    team_hat(karin)
    other = signed_in(realm, karin)
    moved(other, tokens_enc=row.tokens_enc)
    aged(other, 5)
    assert not is_in(other)
    assert realm.refreshes == 0
    assert b"refresh-" not in bytes(row.tokens_enc or b"")
