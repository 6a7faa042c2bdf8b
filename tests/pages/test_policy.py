"""What gets into a page's HTML past us stays dead there: scripts, handlers, htmx without the page's nonce."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path
from playwright.sync_api import Browser
from tests.served import served

from hlt_identity.roles import open_to_all
from hlt_platform import urls_kommun
from hlt_platform.shell.policy import DIRECTIVES

HOSTS = ("lycksele", "region")
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; report-uri /csp-report; "
    "require-trusted-types-for 'script'; trusted-types htmx"
)
ATTACKS = {
    "an inline script": "<script>document.body.dataset.owned = 'yes'</script>",
    "a handler": "<img src='data:,' onerror=\"document.body.dataset.owned = 'yes'\">",
    "a file of our own host": "<script src='/planted.js'></script>",
    "htmx without a nonce": "<p hx-get='/planted' hx-trigger='load' hx-target='body'>x</p>",
    "htmx with a guessed nonce": "<p hx-get='/planted' hx-trigger='load' hx-target='body' hx-nonce='x'>x</p>",
    "htmx inside an allowed form": "<form hx-post='/session' NONCE><p hx-get='/planted' hx-trigger='load'>x</p></form>",
}


def parts(policy: str) -> set[str]:
    return {" ".join(sorted(part.split())) for part in policy.split(";")}


@pytest.mark.parametrize("slug", HOSTS)
@pytest.mark.parametrize("address", ["/", "/hjalp", "/tillganglighet", "/tillganglighet/anmal"])
def test_L34_every_page_carries_the_policy_to_the_letter(kommuner: None, slug: str, address: str) -> None:
    answer = Client(headers={"Host": f"{slug}.hlt.localhost"}).get(address)
    nonce = answer.content.decode().split('nonce="')[1].split('"')[0]
    assert parts(answer["Content-Security-Policy"]) == parts(POLICY.format(nonce=nonce))


@pytest.mark.parametrize("address", ["/finns-inte", "/graphql", "/csp-report"])
def test_what_is_no_page_runs_no_script_at_all(kommuner: None, address: str) -> None:
    answer = Client(headers={"Host": "region.hlt.localhost"}).get(address)
    assert "nonce" not in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_nonce_is_never_used_twice(kommuner: None) -> None:
    client = Client(headers={"Host": "lycksele.hlt.localhost"})
    assert client.get("/")["Content-Security-Policy"] != client.get("/")["Content-Security-Policy"]


@open_to_all("a file that somebody got onto our host")
def planted_script(request: HttpRequest) -> HttpResponse:
    return HttpResponse("document.body.dataset.owned = 'yes'", content_type="text/javascript")


@open_to_all("what injected htmx would fetch")
def planted(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p id='owned'>x</p>")


class Hole:
    """The attack of the running test, and whether the page keeps htmx's gate; the middleware is named by a path."""

    attack = ""
    is_gated = True


def hole(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Put the attack into every page, as a hole in some template would."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        nonce = f'hx-nonce="{request.csp_nonce}"'  # type: ignore[attr-defined]
        body = answer.content.decode().replace("</main>", f"{Hole.attack.replace('NONCE', nonce)}</main>")
        answer.content = (body if Hole.is_gated else body.replace('"hx-csp"', '"none"')).encode()
        return answer

    return middleware


@contextmanager
def attacked(monkeypatch: pytest.MonkeyPatch, attack: str, *, defended: bool) -> Iterator[str]:
    monkeypatch.setattr(Hole, "attack", attack)
    monkeypatch.setattr(Hole, "is_gated", defended)
    names = list(settings.MIDDLEWARE)
    names.insert(names.index("csp.middleware.CSPMiddleware") + 1, "tests.pages.test_policy.hole")
    monkeypatch.setattr(settings, "MIDDLEWARE", names)
    if not defended:
        loose = {**DIRECTIVES, "script-src": ["'self'", "'unsafe-inline'"], "require-trusted-types-for": None}
        monkeypatch.setattr(settings, "CONTENT_SECURITY_POLICY", {"DIRECTIVES": loose})
    more = [path("planted.js", planted_script), path("planted", planted)]
    monkeypatch.setattr(urls_kommun, "urlpatterns", [*more, *urls_kommun.urlpatterns])
    clear_url_caches()
    with served() as port:
        yield f"http://lycksele.hlt.localhost:{port}"
    clear_url_caches()


def is_owned(browser: Browser, address: str) -> bool:
    """Open the page and tell whether the attack did anything."""
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    owned = page.evaluate("document.body.dataset.owned === 'yes'")
    context.close()
    return bool(owned) or "planted" in asked


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_in_the_html_stays_dead(
    browser: Browser, kommuner: None, port: int, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with attacked(monkeypatch, ATTACKS[name], defended=True) as address:
        assert not is_owned(browser, address)


@pytest.mark.parametrize("name", ATTACKS)
def test_the_same_attack_works_without_the_defence(
    browser: Browser, kommuner: None, port: int, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with attacked(monkeypatch, ATTACKS[name], defended=False) as address:
        assert is_owned(browser, address)


def test_a_report_keeps_a_directive_and_the_name_of_a_page(kommuner: None, caplog: pytest.LogCaptureFixture) -> None:
    secret = "https://lycksele.hlt.localhost/tillganglighet/anmal?namn=Elsa#x"
    body = {"csp-report": {"effective-directive": "script-src", "document-uri": secret, "script-sample": "Elsa"}}
    client = Client(headers={"Host": "lycksele.hlt.localhost"})
    assert client.post("/csp-report", body, content_type="application/json").status_code == 204
    assert [record.getMessage() for record in caplog.records] == ["blocked by script-src on fault-report"]


@pytest.mark.parametrize(
    "body",
    [b"x", b"[]", b'{"csp-report": {"effective-directive": "Elsa 8", "document-uri": "http://x/Elsa"}}', b"x" * 9000],
)
def test_a_report_that_is_none_puts_nothing_of_its_own_into_the_log(
    kommuner: None, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    client = Client(headers={"Host": "lycksele.hlt.localhost"})
    assert client.post("/csp-report", body, content_type="application/csp-report").status_code == 204
    assert all(record.getMessage().startswith("blocked by un") for record in caplog.records)
    assert "Elsa" not in caplog.text
