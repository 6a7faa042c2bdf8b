"""What every page has around it: who is here, errors with a way on, a warning before the session ends, paper."""

import re
from collections.abc import Callable
from datetime import date, time
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django import forms
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings
from django.urls import clear_url_caches, path
from django.utils.timezone import localdate
from playwright.sync_api import Page
from tests.browser import Url, is_wider_than_its_window
from tests.cast import actor
from tests.served import chain

from hlt_identity.errors import StepNotAllowed
from hlt_identity.roles import Permission, needs, open_to_all
from hlt_platform import urls_region
from hlt_platform.shell.context import page as frame
from hlt_platform.shell.templatetags.hlt import NoNonce, age, masked, sv_time

Enter = Callable[[str, str], str]
REGION = {"Host": "region.hlt.localhost", "Sec-Fetch-Site": "same-origin"}
FAULT = "/tillganglighet/anmal"


@open_to_all("falls over")
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("lösenord=hemligt")


@open_to_all("refuses everybody")
def too_late(request: HttpRequest) -> HttpResponse:
    raise StepNotAllowed


@needs(Permission.FIGURES_VIEW)
def signed_in_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.fixture
def odd_pages(kommuner: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Three pages more on the region's host."""
    more = [path("broken", broken), path("too-late", too_late), path("mine", signed_in_only)]
    monkeypatch.setattr(urls_region, "urlpatterns", [*more, *urls_region.urlpatterns])
    clear_url_caches()
    yield Client(raise_request_exception=False, headers=REGION)
    clear_url_caches()


def test_a_fault_shows_a_number_that_the_log_has_too(odd_pages: Client, caplog: pytest.LogCaptureFixture) -> None:
    html = odd_pages.get("/broken").content.decode()
    number = re.findall(r"har nummer <b>([0-9a-f]{8})</b>", html)[0]
    assert any(record.getMessage() == f"incident {number}" for record in caplog.records)
    assert "hemligt" not in html


def test_a_part_that_was_refused_is_a_part_and_no_second_page(odd_pages: Client) -> None:
    answer = odd_pages.get("/too-late", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert StepNotAllowed.sentence in html
    assert "<h1" not in html
    assert "<html" not in html


def test_a_form_without_its_token_is_refused_in_the_same_look(kommuner: None) -> None:
    answer = Client(enforce_csrf_checks=True, headers=REGION).post(FAULT, {"text": "x"})
    assert answer.status_code == 403
    assert "Formuläret gick inte att ta emot." in answer.content.decode()
    assert 'class="hlt-head"' in answer.content.decode()


def test_a_fault_report_is_mailed_and_kept_nowhere(kommuner: None, caplog: pytest.LogCaptureFixture) -> None:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        sent = {"text": "Kartan går inte att läsa.", "answer_to": "rut@region.example"}
        assert Client(headers=REGION).post(FAULT, sent).status_code == 200
        (message,) = mail.outbox
    assert message.body == "Kartan går inte att läsa."
    assert message.reply_to == ["rut@region.example"]
    assert "Kartan" not in caplog.text


def test_an_empty_fault_report_comes_back_with_what_to_write(kommuner: None) -> None:
    answer = Client(headers=REGION).post(FAULT, {"text": "", "answer_to": "rut"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel: " in html
    assert 'href="#id_text"' in html
    assert 'aria-invalid="true"' in html
    assert "namn@exempel.se" in html


def test_a_mail_server_that_is_down_is_told(kommuner: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: EmailBackend, _messages: object) -> int:
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        answer = Client(headers=REGION).post(FAULT, {"text": "x", "answer_to": ""})
    assert answer.status_code == 503
    assert "Det gick inte att skicka just nu." in answer.content.decode()


def test_the_header_names_the_person_the_role_and_the_other_kommuner() -> None:
    class Named:
        name, unit = "Britta Åström", "BVC Lycksele"

    class Vindeln:
        name, url = "Vindeln", "http://vindeln.hlt.localhost/logga-in"

    class Lycksele:
        name, kommunkod = "Lycksele", "2481"

    request = RequestFactory().get("/")
    known = {"actor": actor("britta", "2481"), "hat": Named, "other_places": [Vindeln], "kommun": Lycksele}
    for name, value in {**known, "session_ends_at": 1_000.0, "received_at": 400.0}.items():
        setattr(request, name, value)
    told = frame(request)["page"]
    assert told.place == "Lycksele"
    assert told.session is not None
    assert (told.session.name, told.session.role, told.session.unit) == ("Britta Åström", "Teammedlem", "BVC Lycksele")
    assert told.session.seconds_left == 600
    assert [other.name for other in told.session.others] == ["Vindeln"]


def test_nobody_signed_in_has_no_menu(kommuner: None) -> None:
    assert "hlt-menu" not in Client(headers=REGION).get("/").content.decode()


def test_the_session_warns_and_goes_on_by_one_press(page: Page, as_member: Enter) -> None:
    page.clock.install()
    page.goto(as_member("rut", "region"))
    warning = page.locator("#hlt-session")
    assert warning.is_hidden()
    page.clock.fast_forward("18:00")
    warning.wait_for(state="visible")
    page.get_by_role("button", name="Fortsätt arbeta").click()
    warning.wait_for(state="hidden")


def test_menu_and_buttons_are_not_printed(page: Page, as_member: Enter) -> None:
    page.goto(as_member("rut", "region") + "/siffror/varfor-dolt")
    page.emulate_media(media="print")
    assert page.get_by_role("navigation", name="Meny").is_hidden()
    assert page.get_by_role("button", name="Logga ut").is_hidden()
    assert page.get_by_role("heading", level=1).is_visible()


def test_focus_is_seen_in_forced_colours(page: Page, url: Url) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(url("lycksele"))
    link = page.get_by_role("link", name="Logga in med ditt arbetskonto")
    link.focus()
    assert link.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


@pytest.mark.parametrize("address", ["/", "/siffror/varfor-dolt", "/slapp", "/bibliotek", "/bibliotek/dela", "/team"])
def test_nothing_scrolls_sideways_at_320(page: Page, as_member: Enter, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(as_member("pia", "region") + address)
    assert not is_wider_than_its_window(page)


class Choice(forms.Form):
    way = forms.ChoiceField(label="Hur", choices=[("a", "Möte"), ("b", "Telefon")], widget=forms.RadioSelect)
    told = forms.BooleanField(label="Familjen vet")


def test_radios_are_a_group_that_says_what_is_wrong(kommuner: None) -> None:
    html = str(Choice({}))
    assert '<fieldset class="ds-fieldset" aria-describedby="id_way_error" aria-invalid="true">' in html
    assert html.count('type="radio"') == 2
    assert 'for="id_way_0"' in html
    assert 'id="id_told_error"' in html


@pytest.mark.answers(422)
def test_what_is_wrong_with_a_choice_is_as_red_as_what_is_wrong_with_a_line(page: Page, as_member: Enter) -> None:
    page.goto(as_member("britta", "lycksele") + "/signal/ny")
    page.get_by_role("button", name="Skicka", exact=True).click()
    color = "one => getComputedStyle(one).color"
    line, choice = page.locator("#id_child_name_error"), page.locator("#id_sex_error")
    assert choice.evaluate(color) == line.evaluate(color)


def test_htmx_without_a_nonce_does_not_render() -> None:
    with pytest.raises(NoNonce):
        Template("<p {% hx %}></p>").render(Context({}))


def test_times_ages_and_numbers_are_written_as_here() -> None:
    assert sv_time(time(13, 0)) == "13.00"
    assert sv_time(None) == ""
    assert age(date(localdate().year - 9, 1, 1)) == "9 år"
    assert masked("20170823-2387") == "20170823-••••"
    assert masked("201708232387") == "20170823-••••"


def test_a_page_for_the_signed_in_sends_others_to_sign_in(odd_pages: Client) -> None:
    with override_settings(MIDDLEWARE=chain()):
        answer = Client(headers=REGION).get("/mine")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/logga-in?")


def test_a_name_that_no_view_gave_fails_its_page() -> None:
    with pytest.raises(LookupError, match="nobodys_name"):
        Template("{{ nobodys_name }}").render(Context())
