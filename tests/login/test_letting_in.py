"""From the waiting room into the team, and out of it: the kommun's administration decides, and sees no case."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from html import unescape
from time import monotonic, sleep
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localdate
from tests.cast import as_actor
from tests.login.issuer import Realm
from tests.login.signing import Someone, begin, browser, claims, come_back, signed_in, someone, team_hat
from tests.logins import rows, sqlstate

from hlt_identity.door import Actor
from hlt_identity.errors import NotAllowed
from hlt_identity.models import AccessRequest
from hlt_identity.roles import RoleCode
from hlt_platform.demo.people import Hat
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.teams.actions import give_hat
from hlt_tenants.teams.administration import as_administration
from hlt_tenants.teams.errors import OwnHat
from hlt_tenants.teams.reads import teams
from hlt_tenants.teams.rules import NewHat, Profession

ADMIN = as_actor("administrator", Hat("2481", "school", "Kommunledning", "chef", "tenant_admin"))


@pytest.fixture
def majs() -> Someone:
    return someone()


@pytest.fixture
def maj(realm: Realm, majs: Someone) -> Client:
    team_hat(majs, branch="school", role=RoleCode.TENANT_ADMIN)
    return signed_in(realm, majs)


def waits(realm: Realm, slug: str, idp: str, via: str) -> UUID:
    """Let somebody without a hat sign in; give the id of the request that is left behind."""
    person = someone(idp)
    client = browser(slug)
    come_back(
        client, realm, begin(client, via), claims(person, slug, given_name="Tore", family_name=str(person.id)[:8])
    )
    return AccessRequest.objects.get(person_id=person.id).id


def hat(team: str, **changes: str) -> dict[str, str]:
    good = {"name": "Tore Nyman", "team": team, "branch": "school", "unit": "Tannbergsskolan"}
    return {**good, "profession": "lärare", "role": "team_member", "ends_on": "", **changes}


def some_team() -> str:
    with inside(Where("2481", "admin")):
        return str(teams()[0][0])


def test_no_agency_is_chosen_for_who_lets_somebody_in(realm: Realm, maj: Client) -> None:
    asked = waits(realm, "lycksele", "idp-lycksele", "kommun")
    page = maj.get(f"/personal/{asked}/slapp-in").content.decode()
    assert '<option value="" selected>Välj verksamhet</option>' in page
    answer = maj.post(f"/personal/{asked}/slapp-in", hat(some_team(), branch=""))
    assert answer.status_code == 422
    assert "Välj den verksamhet som personen arbetar i." in answer.content.decode()


def test_who_waits_is_let_in_by_the_administration_and_comes_in_at_the_next_sign_in(realm: Realm, maj: Client) -> None:
    tore = someone()
    client = browser("lycksele")
    come_back(client, realm, begin(client), claims(tore, "lycksele", given_name="Tore"))
    asked = AccessRequest.objects.get(person_id=tore.id).id
    assert "Tore Lind" in maj.get("/personal").content.decode()
    assert maj.get(f"/personal/{asked}/slapp-in").status_code == 200
    answer = maj.post(f"/personal/{asked}/slapp-in", hat(some_team()))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/personal")
    assert maj.get(f"/personal/{asked}/slapp-in").status_code == 404
    assert come_back(client, realm, begin(client), claims(tore, "lycksele")).status_code == 302
    assert client.get("/session").status_code == 204
    assert not AccessRequest.objects.filter(person_id=tore.id).exists()


def test_a_hat_that_is_half_written_comes_back_with_what_to_write(realm: Realm, maj: Client) -> None:
    asked = waits(realm, "lycksele", "idp-lycksele", "kommun")
    answer = maj.post(f"/personal/{asked}/slapp-in", hat(some_team(), unit="", branch="police"))
    assert answer.status_code == 422
    assert "Skriv enheten, till exempel en skola." in answer.content.decode()


def test_who_comes_by_the_regions_provider_gets_a_hat_in_the_regions_care_only(realm: Realm, maj: Client) -> None:
    asked = waits(realm, "lycksele", "idp-region", "region")
    assert maj.post(f"/personal/{asked}/slapp-in", hat(some_team(), branch="school")).status_code == 422
    assert maj.post(f"/personal/{asked}/slapp-in", hat(some_team(), branch="region_health")).status_code == 302
    person = rows("k2481_admin", "SELECT person_id FROM shared.access_request WHERE id = %s", [asked])[0][0]
    found = rows("k2481_door", "SELECT branch, is_regional FROM team_membership WHERE person_id = %s", [person])
    assert found == [("region_health", True)]


@pytest.mark.threat(10)
def test_a_hat_that_the_administration_ends_is_refused_at_the_next_press(realm: Realm, maj: Client) -> None:
    sixten = someone()
    assignment = team_hat(sixten)
    client = signed_in(realm, sixten)
    assert maj.get(f"/personal/{assignment}/avsluta").status_code == 200
    assert client.get("/session").status_code == 204
    assert maj.post(f"/personal/{assignment}/avsluta").status_code == 302
    assert client.get("/session").status_code == 401
    assert maj.post(f"/personal/{assignment}/avsluta").status_code == 404


def prefilled(page: str) -> dict[str, str]:
    """Give what a form holds when it comes: of each text field its value, of each list what is chosen."""
    texts = re.findall(r'<input type="text" name="(\w+)" value="([^"]*)"', page)
    lists = re.findall(r'<select name="(\w+)".*?<option value="([^"]*)" selected>', page, re.S)
    return {name: unescape(value) for name, value in (*texts, *lists)}


def test_who_left_gets_a_new_hat_like_the_old_one_and_comes_in_again(realm: Realm, maj: Client) -> None:
    sixten = someone()
    ended = team_hat(sixten, branch="social", ends_on=localdate())
    client = browser("lycksele")
    refused = come_back(client, realm, begin(client), claims(sixten, "lycksele"))
    assert refused.status_code == 403
    address = f"/personal/{ended}/nytt-uppdrag"
    assert address in maj.get("/personal").content.decode()
    told = prefilled(maj.get(address).content.decode())
    kept = ("Karin Lind", "social", "Elevhälsan", "skolsköterska", "team_member")
    assert tuple(told[name] for name in ("name", "branch", "unit", "profession", "role")) == kept
    answer = maj.post(address, {**told, "role": "coordinator", "ends_on": ""})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/personal")
    assert come_back(client, realm, begin(client), claims(sixten, "lycksele")).status_code == 302
    assert client.get("/session").status_code == 204
    found = rows("k2481_door", "SELECT role, starts_on FROM team_membership WHERE person_id = %s", [sixten.id])
    assert ("coordinator", localdate()) in found
    assert address not in maj.get("/personal").content.decode()


def test_only_a_hat_that_ended_lately_and_is_not_replaced_can_be_given_anew(realm: Realm, maj: Client) -> None:
    long_gone, replaced, moved = someone(), someone(), someone()
    days = {person.id: localdate() - timedelta(days=count) for person, count in ((long_gone, 91), (moved, 90))}
    old = team_hat(long_gone, ends_on=days[long_gone.id])
    gone = team_hat(replaced, ends_on=localdate())
    team_hat(replaced)
    kept = team_hat(moved, branch="social", ends_on=days[moved.id])
    team_hat(moved, branch="school")
    page = maj.get("/personal").content.decode()
    assert [str(one) in page for one in (old, gone, kept)] == [False, False, True]
    assert [maj.get(f"/personal/{one}/nytt-uppdrag").status_code for one in (old, gone, kept)] == [404, 404, 200]


def test_the_hat_that_ended_last_stands_first(realm: Realm, maj: Client) -> None:
    first, last = (team_hat(someone(), ends_on=localdate() - timedelta(days=count)) for count in (9, 2))
    page = maj.get("/personal").content.decode()
    assert page.index(str(last)) < page.index(str(first))


def test_nobody_gets_an_own_hat_back_by_oneself(realm: Realm, maj: Client, majs: Someone) -> None:
    own = team_hat(majs, branch="social", ends_on=localdate())
    assert str(own) not in maj.get("/personal").content.decode()
    assert maj.get(f"/personal/{own}/nytt-uppdrag").status_code == 404


def test_both_pages_that_give_a_hat_send_their_form_with_its_tokens(realm: Realm, maj: Client) -> None:
    asked, ended = waits(realm, "lycksele", "idp-lycksele", "kommun"), team_hat(someone(), ends_on=localdate())
    for address in (f"/personal/{asked}/slapp-in", f"/personal/{ended}/nytt-uppdrag"):
        (form,) = re.findall(r'<form method="post" novalidate.*?</form>', maj.get(address).content.decode(), re.S)
        tokens = re.findall(r'<input type="hidden" name="(\w+)" value="\w{32,}">', form)
        assert (tokens, "Ge uppdraget" in form) == (["csrfmiddlewaretoken", "once"], True)


def test_a_second_press_leads_to_the_list_and_gives_no_second_hat(realm: Realm, maj: Client) -> None:
    asked = waits(realm, "lycksele", "idp-lycksele", "kommun")
    sixten = someone()
    ended = team_hat(sixten, branch="school", ends_on=localdate())
    for address in (f"/personal/{asked}/slapp-in", f"/personal/{ended}/nytt-uppdrag"):
        answers = [maj.post(address, hat(some_team())) for _press in range(2)]
        assert [(one.status_code, one.headers.get("Location")) for one in answers] == [(302, "/personal")] * 2
    assert len(rows("k2481_door", "SELECT 1 FROM team_membership WHERE person_id = %s", [sixten.id])) == 2


def at_once(maj: Client, address: str, told: dict[str, str]) -> list[HttpResponse]:
    """Press one button twice; both presses have looked before either may write."""

    def press(_number: int) -> HttpResponse:
        hand = browser("lycksele")
        hand.cookies = maj.cookies
        try:
            return hand.post(address, told)  # type: ignore[return-value]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as hands:
        with psycopg.connect(settings.HLT_SUPERUSER_URL) as holding:
            holding.execute("LOCK TABLE k2481.team_membership IN SHARE ROW EXCLUSIVE MODE")
            presses = [hands.submit(press, number) for number in range(2)]
            until(lambda: holding.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted").fetchone())
        return [one.result() for one in presses]


def until(count: Callable[[], tuple[int, ...] | None], seconds: float = 20) -> None:
    """Wait until both presses stand before a lock."""
    end = monotonic() + seconds
    while count() != (2,):
        assert monotonic() < end, "the two presses never met"
        sleep(0.05)


def test_two_presses_at_the_same_moment_give_one_hat(realm: Realm, maj: Client) -> None:
    asked, sixten = waits(realm, "lycksele", "idp-lycksele", "kommun"), someone()
    ended = team_hat(sixten, branch="school", ends_on=localdate())
    waiting = AccessRequest.objects.get(id=asked).person_id
    for address, person in ((f"/personal/{asked}/slapp-in", waiting), (f"/personal/{ended}/nytt-uppdrag", sixten.id)):
        answers = at_once(maj, address, hat(some_team()))
        assert [(one.status_code, one.headers.get("Location")) for one in answers] == [(302, "/personal")] * 2
        live = "SELECT 1 FROM team_membership WHERE person_id = %s AND ends_on IS NULL"
        assert len(rows("k2481_door", live, [person])) == 1


def test_nobody_ends_an_own_hat_and_locks_the_kommun_out(realm: Realm, maj: Client, majs: Someone) -> None:
    own = team_hat(majs, branch="school", role=RoleCode.MANAGER)
    assert f"/personal/{own}/avsluta" not in maj.get("/personal").content.decode()
    answer = maj.post(f"/personal/{own}/avsluta")
    assert answer.status_code == 403
    assert OwnHat.sentence in answer.content.decode()
    assert "Be en annan administratör" in answer.content.decode()
    assert rows("k2481_door", "SELECT ends_on FROM team_membership WHERE id = %s", [own]) == [(None,)]


def test_a_nurse_and_a_manager_let_nobody_in(realm: Realm) -> None:
    asked = waits(realm, "lycksele", "idp-lycksele", "kommun")
    for role in (RoleCode.TEAM_MEMBER, RoleCode.COORDINATOR, RoleCode.MANAGER):
        person = someone()
        team_hat(person, role=role)
        client = signed_in(realm, person)
        assert client.get("/personal").status_code == 403
        assert client.post(f"/personal/{asked}/slapp-in", hat(some_team())).status_code == 403
        assert client.post(f"/personal/{asked}/nytt-uppdrag", hat(some_team())).status_code == 403


def test_one_kommuns_administration_neither_sees_nor_reaches_who_waits_in_another(realm: Realm, maj: Client) -> None:
    asked = waits(realm, "umea", "idp-umea", "kommun")
    assert maj.get(f"/personal/{asked}/slapp-in").status_code == 404
    assert rows("k2481_admin", "SELECT 1 FROM shared.access_request WHERE kommunkod <> '2481'") == []
    assert sqlstate("k2481_school", "SELECT 1 FROM shared.access_request") == "42501"


def test_who_lets_people_in_does_not_let_themselves_in(kommuner: None) -> None:
    own = NewHat("Maj", "school", "Enhet", Profession.TEACHER, RoleCode.TEAM_MEMBER, date(2026, 1, 1))
    with as_administration(ADMIN), pytest.raises(NotAllowed):
        give_hat(team=uuid4(), person=ADMIN.person_id, hat=own, by=ADMIN)


@pytest.mark.parametrize(
    "by",
    [
        as_actor("anders", Hat("2481", "school", "Tannbergsskolan", "lärare", "team_member")),
        as_actor("rut", Hat(None, None, "HLT-stöd", "processledare", "region_coordinator")),
    ],
    ids=["teacher", "process leader"],
)
def test_nobody_else_works_as_the_administration(kommuner: None, by: Actor) -> None:
    with pytest.raises(NotAllowed), as_administration(by):
        pass
