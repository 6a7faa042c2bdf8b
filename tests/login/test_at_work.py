"""What sign-in gives the rest of the request: the branch's database login, a way to sign in stronger, other hosts."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils.timezone import localdate
from tests.cast import as_actor
from tests.login.issuer import Realm
from tests.login.signing import begin, browser, claims, come_back, region_hat, signed_in, someone, team_hat

from hlt_identity.models import Session
from hlt_identity.roles import Permission, RoleCode, needs
from hlt_identity.sessions.hats import kommuner_of, note_hat
from hlt_identity.sessions.store import hashed
from hlt_platform import urls_kommun
from hlt_platform.demo.people import Hat
from hlt_tenants.registry.context import Where, inside
from hlt_tenants.teams.actions import end_hat


def login() -> str:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


class Late(SimpleTemplateResponse):
    """A page that is made after its view has returned."""

    @property
    def rendered_content(self) -> str:
        return login()


@needs(Permission.PROFILE_VIEW)
def at_once(request: HttpRequest) -> HttpResponse:
    return HttpResponse(login())


@needs(Permission.PROFILE_VIEW)
def late(request: HttpRequest) -> HttpResponse:
    return Late("unused")


@needs(Permission.PROFILE_VIEW)
def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def chunks() -> Iterator[str]:
        yield login()
        yield login()

    return StreamingHttpResponse(chunks())


@needs(Permission.CASE_WORK)
def case_work(request: HttpRequest) -> HttpResponse:
    return HttpResponse("öppet")


urlpatterns = [
    path("at-once", at_once),
    path("late", late),
    path("streamed", streamed),
    path("case-work", case_work),
    *urls_kommun.urlpatterns,
]
handler404 = urls_kommun.handler404


@pytest.fixture(autouse=True)
def own_pages(realm: Realm) -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def body(answer: object) -> str:
    streaming = getattr(answer, "streaming_content", None)
    content: bytes = b"".join(streaming) if streaming else answer.content  # type: ignore[attr-defined]
    return content.decode()


@pytest.mark.parametrize("page", ["/at-once", "/late"])
@pytest.mark.parametrize("branch", ["school_medical", "social"])
def test_a_page_works_as_the_branch_of_its_visitor(realm: Realm, page: str, branch: str) -> None:
    person = someone()
    team_hat(person, branch=branch)
    assert body(signed_in(realm, person).get(page)) == f"k2481_{branch}"


def test_a_streamed_answer_stays_inside_until_its_last_byte(realm: Realm) -> None:
    person = someone()
    team_hat(person)
    answer = signed_in(realm, person).get("/streamed")
    assert body(answer) == "k2481_school_medical" * 2


def test_who_may_only_signal_works_as_the_login_that_can_do_no_more(realm: Realm) -> None:
    person = someone()
    team_hat(person, role=RoleCode.ANY_STAFF)
    assert body(signed_in(realm, person).get("/at-once")) == "k2481_signal"


def test_a_page_that_asks_for_a_fresher_sign_in_says_so_with_a_link_that_gives_it(realm: Realm) -> None:
    person = someone()
    team_hat(person)
    client = signed_in(realm, person)
    assert client.get("/case-work").status_code == 200
    row = Session.objects.get(key_hash=hashed(client.cookies["__Host-hlt"].value))
    Session.objects.filter(key_hash=row.key_hash).update(auth_time=row.auth_time - 3700)
    answer = client.get("/case-work?flik=2")
    url = "/logga-in?via=lycksele&amp;next=%2Fcase-work%3Fflik%3D2&amp;max_age=3600"
    assert answer.status_code == 401
    assert url in body(answer)
    form = client.post("/case-work", headers={"Referer": "http://lycksele.hlt.localhost:8000/case-work/1?x=2"})
    assert form.status_code == 401
    assert "next=%2Fcase-work%2F1&amp;" in body(form)
    asked = client.get(url.replace("&amp;", "&")).headers["Location"]
    again = come_back(client, realm, asked, claims(person, "lycksele"))
    assert again["Location"] == "/case-work?flik=2"
    assert client.get(again["Location"]).status_code == 200


def test_a_nurse_of_the_region_changes_kommun_by_one_silent_press(realm: Realm) -> None:
    britta = someone("idp-region")
    team_hat(britta, "2481", "region_health", is_regional=True)
    there = team_hat(britta, "2404", "region_health", is_regional=True)
    client = signed_in(realm, britta, "lycksele", "region")
    assert "Byt kommun" not in body(client.get("/hjalp"))
    note_hat(person=britta.id, kommunkod="2404", has_hat=True)
    note_hat(person=britta.id, kommunkod="2417", has_hat=True)
    page = body(client.get("/hjalp"))
    assert 'href="http://vindeln.hlt.localhost:8000/logga-in?via=region&amp;byt=1">Vindeln<' in page
    assert "Norsjö" not in page

    vindeln = browser("vindeln")
    pressed = urlsplit("http://vindeln.hlt.localhost:8000/logga-in?via=region&byt=1")
    sent = vindeln.get(f"{pressed.path}?{pressed.query}")
    assert "acr_values" not in sent.headers["Location"]
    assert come_back(vindeln, realm, sent.headers["Location"], claims(britta, "vindeln"))["Location"] == "/"
    assert body(vindeln.get("/at-once")) == "k2404_region_health"

    admin = as_actor("administrator", Hat("2404", "school", "Kommunledning", "chef", "tenant_admin"))
    with inside(Where("2404", "admin")):
        end_hat(assignment=there, ends_on=localdate() - timedelta(days=1), by=admin)
    assert "Byt kommun" not in body(client.get("/hjalp"))
    assert vindeln.get("/at-once").status_code == 302


def test_the_region_is_a_place_to_change_to_for_who_has_a_hat_there(realm: Realm) -> None:
    nurse, other = someone(), someone()
    team_hat(nurse)
    team_hat(other)
    region_hat(nurse)
    link = "http://region.hlt.localhost:8000/logga-in?via=lycksele&amp;byt=1"
    assert link in body(signed_in(realm, nurse).get("/hjalp"))
    assert "Byt kommun" not in body(signed_in(realm, other).get("/hjalp"))


def test_who_is_in_by_the_kommun_must_sign_out_before_coming_by_the_region(realm: Realm) -> None:
    nurse = someone()
    team_hat(nurse)
    client = signed_in(realm, nurse)
    answer = client.get("/logga-in?via=region")
    assert answer.status_code == 409
    assert "Logga ut först" in body(answer)


def test_the_sign_in_page_offers_the_ways_of_its_host_and_keeps_the_page_asked_for(realm: Realm) -> None:
    page = body(browser("lycksele").get("/logga-in?next=/case-work"))
    assert "/logga-in?via=kommun&amp;next=%2Fcase-work" in page
    assert "/logga-in?via=region&amp;next=%2Fcase-work" in page
    region = body(browser("region").get("/logga-in"))
    assert region.count("?via=") == 16
    assert "Anställd i Åsele" in region


def test_the_api_never_meets_a_cookie(realm: Realm) -> None:
    rut = someone("idp-region")
    region_hat(rut)
    client = signed_in(realm, rut, "region", "region")
    answer = client.post("/graphql", {"query": "{ __typename }"}, content_type="application/json")
    assert answer.status_code == 401


def test_a_hat_is_remembered_until_the_door_says_that_it_is_gone(realm: Realm) -> None:
    nurse = someone()
    note_hat(person=nurse.id, kommunkod="2481", has_hat=True)
    note_hat(person=nurse.id, kommunkod="region", has_hat=True)
    assert kommuner_of(nurse.id) == {"2481"}
    client = browser("lycksele")
    come_back(client, realm, begin(client), claims(nurse, "lycksele"))
    assert kommuner_of(nurse.id) == frozenset()


def test_a_browser_that_is_nobody_is_sent_to_sign_in_and_back(realm: Realm) -> None:
    client = Client(headers={"Host": "lycksele.hlt.localhost"})
    answer = client.get("/case-work?flik=2")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/logga-in?next=%2Fcase-work%3Fflik%3D2")
