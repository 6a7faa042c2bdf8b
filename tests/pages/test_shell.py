"""The frame of every page: readable by all, at any width, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser import SMALL, WIDE, Url, is_wider_than_its_window, violations

from hlt_tenants.casework.forms.consent import AnswerForm
from hlt_tenants.casework.forms.meeting import BookingForm

OPEN = ("/", "/hjalp", "/tillganglighet", "/tillganglighet/anmal")


@pytest.mark.parametrize("width", [SMALL, WIDE], ids=["phone", "desk"])
@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("slug", ["lycksele", "region"])
def test_L29_an_open_page_is_accessible_to_everybody(page: Page, url: Url, slug: str, path: str, width: object) -> None:
    page.set_viewport_size(width)  # type: ignore[arg-type]
    page.goto(url(slug) + path)
    assert violations(page) == []
    assert not is_wider_than_its_window(page)


@pytest.mark.answers(404)
def test_an_unknown_address_is_accessible_and_has_a_way_on(page: Page, url: Url) -> None:
    page.goto(url("lycksele") + "/finns-inte")
    assert violations(page) == []
    page.get_by_role("link", name="Till startsidan").click()
    assert page.get_by_role("heading", level=1).inner_text() == "HLT i Lycksele"


def test_rut_sees_who_she_is_and_can_sign_out(page: Page, as_member: Callable[[str, str], str]) -> None:
    page.goto(as_member("rut", "region"))
    assert "Regional samordnare" in page.get_by_role("banner").inner_text()
    assert page.get_by_role("button", name="Logga ut").bounding_box()["height"] >= 44  # type: ignore[index]


def test_the_keyboard_reaches_the_content_first(page: Page, url: Url) -> None:
    page.goto(url("lycksele"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_only_what_may_always_be_left_out_is_called_optional() -> None:
    shown = {name: AnswerForm()[name].as_field_group() for name in ("witness", "valid_until")}
    shown["place"] = BookingForm()["place"].as_field_group()
    assert [name for name, field in shown.items() if "frivilligt" in field] == ["place"]
