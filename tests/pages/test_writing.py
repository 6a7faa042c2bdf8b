"""What somebody writes is kept: 1.5 seconds after the last key, through a lost network, and never in the browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page
from tests.browser import Url, violations
from tests.served import COOKIE

Enter = Callable[[str, str], str]
SAW = "Sover dåligt och är ofta ledsen på morgonen."
STORES = """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length]"""


@pytest.fixture
def signal(page: Page, as_member: Enter) -> Page:
    """Karin's empty form for an early signal."""
    page.goto(as_member("karin", "lycksele") + "/signal/ny")
    return page


def write(page: Page, text: str) -> None:
    page.locator("textarea").first.fill("")
    page.keyboard.type(text)


def test_karin_finds_her_text_on_another_computer(signal: Page, browser: Browser, url: Url) -> None:
    with signal.expect_response("**/utkast/signal-new") as kept:
        write(signal, SAW)
    assert kept.value.status == 200
    signal.get_by_text("Utkast sparat kl.").wait_for()
    assert signal.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert signal.evaluate(STORES) == [0, 0, 0, 0]
    other = browser.new_context()
    other.add_cookies([{"name": COOKIE, "value": "karin", "url": url("lycksele")}])
    page = other.new_page()
    page.goto(url("lycksele") + "/signal/ny")
    assert page.locator("textarea").first.input_value() == SAW
    other.close()


def test_without_javascript_a_button_keeps_the_text(browser: Browser, kommuner: None, url: Url) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": COOKIE, "value": "karin", "url": url("lycksele")}])
    page = context.new_page()
    page.goto(url("lycksele") + "/signal/ny")
    page.locator("textarea").first.fill("Skrivet utan skript.")
    page.get_by_role("button", name="Spara utkast").click()
    assert page.locator("textarea").first.input_value() == "Skrivet utan skript."
    context.close()


def test_a_lost_network_is_told_and_the_text_is_kept_when_it_is_back(signal: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    signal.locator("#hlt-offline").wait_for(state="visible")
    write(signal, "Skrivet i en dalgång.")
    signal.get_by_role("button", name="Skicka", exact=True).click()
    assert signal.url.endswith("/signal/ny")
    with signal.expect_response("**/utkast/signal-new") as kept:
        context.set_offline(False)
    assert kept.value.status == 200
    signal.locator("#hlt-offline").wait_for(state="hidden")


@pytest.mark.answers(422)
def test_an_empty_send_puts_focus_on_what_must_be_mended(signal: Page) -> None:
    signal.locator("textarea").first.fill("")
    signal.get_by_role("button", name="Skicka", exact=True).click()
    summary = signal.locator(".ds-error-summary")
    assert summary.evaluate("element => element === document.activeElement")
    assert signal.title().startswith("Fel: ")
    summary.get_by_role("link").first.click()
    assert signal.evaluate("document.activeElement.matches('input, textarea, select')")
    assert violations(signal) == []


def test_leaving_with_text_that_is_not_kept_asks_first(signal: Page) -> None:
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    signal.on("dialog", agree)
    signal.route("**/utkast/**", lambda route: route.fulfill(status=204))
    write(signal, "x")
    signal.get_by_role("link", name="Start", exact=True).click()
    signal.wait_for_url("**/")
    assert asked == ["beforeunload"]
