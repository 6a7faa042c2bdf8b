"""Signing in, changing kommun and signing out as people do it, in a real browser with its own idea of cookies."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from tests.browser import Url, violations
from tests.login.issuer import Realm, running
from tests.login.signing import claims, link_hosts, someone, team_hat

from hlt_identity.models import RealmLink
from hlt_identity.roles import RoleCode
from hlt_identity.sessions.hats import note_hat


@pytest.fixture
def realm(port: int) -> Iterator[Realm]:
    """A realm that the browser reaches too, and clients whose addresses are those of the served platform."""
    rows, names = list(RealmLink.objects.values()), ("HLT_PUBLIC_PORT", "HLT_KEYCLOAK_PUBLIC_URL")
    before = {name: getattr(settings, name) for name in names}
    with running() as found:
        settings.HLT_PUBLIC_PORT = str(port)
        settings.HLT_KEYCLOAK_PUBLIC_URL = f"http://id.hlt.localhost:{found.port}"
        link_hosts()
        yield found
    for name, value in before.items():
        setattr(settings, name, value)
    for row in rows:
        RealmLink.objects.update_or_create(kommunkod=row["kommunkod"], defaults=row)


def test_a_nurse_signs_in_by_two_presses_and_out_again(page: Page, url: Url, realm: Realm) -> None:
    karin = someone()
    team_hat(karin)
    realm.visitor = claims(karin, "lycksele")
    page.goto(f"{url('lycksele')}/team")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")
    assert violations(page) == []
    page.get_by_role("link", name="Anställd i kommunen").click()
    expect(page.get_by_text("Karin Lind").first).to_be_visible()
    assert page.url == f"{url('lycksele')}/team"
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är utloggad")
    assert violations(page) == []
    page.goto(f"{url('lycksele')}/team")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")


@pytest.mark.threat(1)
@pytest.mark.answers(401)
def test_a_browser_keeps_each_kommuns_cookie_to_its_own_host(page: Page, url: Url, realm: Realm) -> None:
    britta = someone("idp-region")
    for kommunkod in ("2481", "2404"):
        team_hat(britta, kommunkod, "region_health", is_regional=True)
        note_hat(person=britta.id, kommunkod=kommunkod, has_hat=True)
    realm.visitor = claims(britta, "lycksele")
    page.goto(f"{url('lycksele')}/logga-in?via=region")
    kept = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert {cookie["domain"] for cookie in kept.values()} == {"lycksele.hlt.localhost"}
    assert kept["__Host-hlt"]["httpOnly"]
    assert kept["__Host-hlt"]["secure"]
    assert page.evaluate("document.cookie") == ""
    assert page.goto(f"{url('vindeln')}/session").status == 401  # type: ignore[union-attr]

    realm.visitor = claims(britta, "vindeln")
    page.goto(f"{url('lycksele')}/hjalp")
    page.get_by_text("Byt kommun").click()
    page.get_by_role("link", name="Vindeln").click()
    expect(page.locator(".hlt-place")).to_have_text("Vindeln")
    page.goto(f"{url('lycksele')}/hjalp")
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


@pytest.mark.threat(3)
@pytest.mark.answers(403)
def test_a_page_of_a_sibling_kommun_cannot_send_a_form_here(page: Page, url: Url, realm: Realm) -> None:
    karin = someone()
    team_hat(karin)
    realm.visitor = claims(karin, "lycksele")
    page.goto(f"{url('lycksele')}/logga-in?via=kommun")
    trap = f"<form method=post action='{url('lycksele')}/logga-ut'><button>Vinn</button></form>"
    page.route("**/falla", lambda route: route.fulfill(body=trap, content_type="text/html"))
    page.goto(f"{url('umea')}/falla")
    page.get_by_role("button", name="Vinn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Formuläret kom från en annan adress.")
    page.goto(f"{url('lycksele')}/team")
    expect(page.get_by_text("Karin Lind").first).to_be_visible()


@pytest.mark.answers(403)
def test_who_waits_is_let_in_by_the_administration(page: Page, url: Url, realm: Realm) -> None:
    tore, maj = someone(), someone()
    team_hat(maj, branch="school", role=RoleCode.TENANT_ADMIN)
    realm.visitor = claims(tore, "lycksele", given_name="Tore", family_name="Nyman")
    page.goto(f"{url('lycksele')}/logga-in?via=kommun")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är inloggad men inte med i teamet.")
    assert violations(page) == []

    realm.visitor = claims(maj, "lycksele")
    page.goto(f"{url('lycksele')}/logga-in?via=kommun&next=/personal")
    assert violations(page) == []
    page.get_by_role("link", name="Tore Nyman").first.click()
    page.get_by_label("Verksamhet").select_option("school")
    page.get_by_label("Enhet").fill("Tannbergsskolan")
    assert violations(page) == []
    page.get_by_role("button", name="Ge uppdraget").click()
    expect(page.get_by_text("Teammedlem, Tannbergsskolan").first).to_be_visible()
    page.get_by_role("link", name="Avsluta uppdraget för Tore Nyman").click()
    page.get_by_role("button", name="Avsluta uppdraget").click()
    page.get_by_role("link", name="Ge nytt uppdrag till Tore Nyman").click()
    assert violations(page) == []
    page.get_by_role("button", name="Ge uppdraget").click()
    expect(page.get_by_role("link", name="Avsluta uppdraget för Tore Nyman")).to_be_visible()


def test_who_has_two_assignments_chooses_by_one_press(page: Page, url: Url, realm: Realm) -> None:
    karin = someone()
    team_hat(karin)
    team_hat(karin, branch="pupil_health")
    realm.visitor = claims(karin, "lycksele")
    page.goto(f"{url('lycksele')}/logga-in?via=kommun")
    expect(page.get_by_role("heading", level=1)).to_have_text("Välj uppdrag")
    assert violations(page) == []
    page.get_by_role("button", name="Elevhälsan").first.click()
    expect(page.get_by_text("Karin Lind").first).to_be_visible()
