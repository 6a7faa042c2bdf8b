"""A refusal is a page in Swedish with a way on; absent and not yours are the same bytes."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

from hlt_identity.errors import NotFound
from hlt_identity.roles import open_to_all
from hlt_platform import urls_region

REGION = {"Host": "region.hlt.localhost"}
LYCKSELE = {"Host": "lycksele.hlt.localhost"}


@open_to_all("refuses everybody")
def hidden(request: HttpRequest) -> HttpResponse:
    raise NotFound


@open_to_all("falls over")
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("lösenord=hemligt")


urlpatterns = [path("hidden", hidden), path("broken", broken), *urls_region.urlpatterns]


def get(address: str, host: dict[str, str]) -> HttpResponse:
    return Client(raise_request_exception=False, headers=host).get(address)  # type: ignore[return-value]


@pytest.mark.parametrize("host", [REGION, LYCKSELE], ids=["region", "kommun"])
def test_an_unknown_address_is_told_in_swedish_with_a_way_on(kommuner: None, host: dict[str, str]) -> None:
    answer = get("/finns-inte", host)
    assert (answer.status_code, answer["Cache-Control"]) == (404, "no-store")
    assert NotFound.sentence in answer.content.decode()
    assert 'lang="sv"' in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "host"),
    [("/logga-ut", LYCKSELE), ("/utkast/signal-new", LYCKSELE), ("/logga-ut", REGION)],
)
def test_an_address_that_only_a_button_reaches_is_told_with_a_way_on(
    kommuner: None, address: str, host: dict[str, str]
) -> None:
    answer = get(address, host)
    assert (answer.status_code, answer["Allow"], answer["Cache-Control"]) == (405, "POST", "no-store")
    assert "Till startsidan" in answer.content.decode()
    assert "Adressen går inte att öppna så här." in answer.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "DELETE", "PUT", "PATCH"])
@pytest.mark.parametrize("host", [REGION, LYCKSELE], ids=["region", "kommun"])
def test_no_page_answers_a_method_that_no_page_has(kommuner: None, host: dict[str, str], method: str) -> None:
    for address in ("/", "/hjalp", "/finns-inte"):
        answer = Client(headers={**host, "Sec-Fetch-Site": "same-origin"}).generic(method, address)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_a_page_still_answers_those_it_has(kommuner: None) -> None:
    client = Client(headers={**REGION, "Sec-Fetch-Site": "same-origin"})
    assert [client.generic(method, "/hjalp").status_code for method in ("GET", "HEAD", "OPTIONS")] == [200, 200, 200]


def test_a_library_link_that_has_ended_is_no_fault_of_ours(kommuner: None) -> None:
    assert get("/bibliotek/filer/abc", REGION).status_code == 404


def test_absent_and_not_yours_are_the_same_bytes(kommuner: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urls_region, "urlpatterns", urlpatterns)
    clear_url_caches()
    refused, absent = get("/hidden", REGION), get("/finns-inte", REGION)
    fault = get("/broken", REGION)
    clear_url_caches()
    assert (refused.status_code, refused.content) == (absent.status_code, absent.content)
    assert dict(refused.items()) == dict(absent.items())
    assert fault.status_code == 500
    assert "hemligt" not in fault.content.decode()
    assert "Något gick fel hos oss." in fault.content.decode()
