"""Fixtures of every browser test: Chromium, one served HLT, a watched console, and axe."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request
from tests.chromium import QUIET, find_chromium
from tests.served import COOKIE, served

import assets

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in this thread; tests are not async
SMALL, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Url = Callable[[str], str]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": [*QUIET, *root]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "sv-SE", "timezone_id": "Europe/Stockholm"}


@pytest.fixture(scope="session")
def port(kommuner: None) -> Iterator[int]:
    """The port of a served HLT with built assets."""
    assets.build()
    with served() as found:
        yield found


@pytest.fixture(scope="session")
def url(port: int) -> Url:
    """From a host's first name (a slug, or region) to its address."""
    return lambda slug: f"http://{slug}.hlt.localhost:{port}"


@pytest.fixture(scope="session")
def base_url(url: Url) -> str:
    return url("lycksele")


@pytest.fixture
def as_member(context: BrowserContext, url: Url) -> Callable[[str, str], str]:
    """Sign a member of the cast in on one host; gives the host's address."""

    def enter(user: str, slug: str) -> str:
        context.add_cookies([{"name": COOKIE, "value": user, "url": url(slug)}])
        return url(slug)

    return enter


@pytest.fixture(autouse=True)
def quiet_console(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a browser test that saw a console error, a page error, a CSP report or a request to another host."""
    if "page" not in request.fixturenames:
        yield
        return
    page: Page = request.getfixturevalue("page")
    seen = watch(page)
    yield
    marked = request.node.get_closest_marker("answers")
    statuses = {str(status) for status in marked.args} if marked else set()
    assert [line for line in seen if not any(f"status of {status}" in line for status in statuses)] == []


def watch(page: Page) -> list[str]:
    """Write down what a page does that it should not; the list grows while the page lives.

    What a provider's page says is left out: it is not ours.
    """
    seen: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "//id.hlt.localhost" not in message.location["url"]:
            seen.append(message.text)

    def asked(request: Request) -> None:
        host = request.url.split("/")[2].split(":")[0] if "://" in request.url else "hlt.localhost"
        if not host.endswith("hlt.localhost") or request.url.endswith("/csp-report"):
            seen.append(f"request to {host} {request.url.rpartition('/')[2]}")

    page.on("console", console)
    page.on("pageerror", lambda fault: seen.append(str(fault)))
    page.on("request", asked)
    return seen


def violations(page: Page) -> list[str]:
    """Give what axe finds, one line per rule and place."""
    source = (assets.packages() / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    # Through the debugger, which the page's policy does not reach; a script element would be blocked.
    page.evaluate(f"() => {{ {source} }}")
    found = page.evaluate("rules => axe.run({ runOnly: rules })", RULES)["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def is_wider_than_its_window(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
