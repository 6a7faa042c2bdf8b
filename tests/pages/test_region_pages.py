"""The region's pages: figures that say the same everywhere, releases by two persons, library and teams."""

import csv
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page
from tests.asking import cells
from tests.browser import SMALL, WIDE, Url, is_wider_than_its_window, violations
from tests.cast import actor
from tests.figures_made import built, digest_of, let_go, release, released
from tests.logins import rows
from tests.served import COOKIE, chain

from hlt_graphql.intake.errors import EarlierCountsMissing
from hlt_graphql.pages.rules import cell_text, swedish
from hlt_graphql.releases.asking import ask_build, note_built, note_refused
from hlt_graphql.releases.build import build_release
from hlt_graphql.releases.cube import Base
from hlt_graphql.releases.errors import AlreadyReleased
from hlt_graphql.releases.places import municipalities
from hlt_graphql.releases.protection import Protection, released_cells
from hlt_graphql.resources.actions import NewItem, TeamWords, publish_item, save_team, share_item
from hlt_graphql.resources.models import LibraryItem
from hlt_graphql.resources.rules import ItemKind, ItemState
from hlt_graphql.trace.changing import region_writing

Enter = Callable[[str, str], str]
BY_KOMMUN = "/siffror?tabell=new.municipality.year"


@cache
def filled() -> UUID:
    """Make a chain of releases, one candidate on its way, a team and a library item; give the candidate."""
    released()
    words = ("HLT Åsele", "0–16", "0941-140 00", "hlt@asele.se", ("Åsele",), "varannan onsdag")
    save_team(kommunkod="2463", words=TeamWords(*words, frozenset({"TEACHER"})), version=0, by=actor("rut"))
    text = ("Lathund för möten", "En sida att ha framför sig.", "Börja med barnets röst.")
    files = (("lathund.pdf", b"%PDF-1.7\nprov"),)
    item = share_item(NewItem("lathund", ItemKind.GUIDE, *text, ("möte",), "2463", "CC BY 4.0", files), by=actor("rut"))
    publish_item(item=item, version=1, review_due=date(2027, 6, 30), by=actor("rut"))
    return built("2025-Q2")


def client(user: str) -> Client:
    """A client without JavaScript, signed in as a member of the cast on the region's host."""
    made = Client(headers={"Host": "region.hlt.localhost", "Sec-Fetch-Site": "same-origin"})
    made.cookies[COOKIE] = user
    return made


def ask(user: str, address: str, **posted: object) -> HttpResponse:
    with override_settings(MIDDLEWARE=chain()):
        answer = client(user).post(address, posted) if posted else client(user).get(address)
    return answer  # type: ignore[return-value]


def rows_of_table(html: str) -> dict[str, str]:
    """Give what the table says of each place."""
    found = re.findall(r'<tr><th scope="row">(.*?)</th>.*?<td class="hlt-number">(.*?)</td></tr>', html, re.S)
    return {place: re.sub(r"<span class=\"(?:ds-sr-only|hlt-coarser)\".*", "", cell) for place, cell in found}


def bare(cell: str) -> str:
    return re.sub(r"<[^>]+>", "", cell).strip()


SCREENS = [*("/", BY_KOMMUN, "/siffror?tabell=new.area.block", "/siffror/varfor-dolt", "/slapp", "/team")]
SCREENS += ["/bibliotek", "/bibliotek/lathund", "/bibliotek/dela"]


@pytest.mark.parametrize("path", SCREENS)
def test_a_region_page_is_accessible_at_360_and_1280(page: Page, as_member: Enter, path: str) -> None:
    filled()
    for size in (SMALL, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(as_member("pia", "region") + path)
        assert violations(page) == []
        assert not is_wider_than_its_window(page)


def test_the_numbers_are_in_sight_on_a_phone(page: Page, as_member: Enter) -> None:
    filled()
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    page.goto(as_member("rut", "region") + BY_KOMMUN)
    table = page.get_by_role("region", name="Tabell")
    assert table.evaluate("box => box.scrollWidth - box.clientWidth") <= 0


def test_pia_reviews_a_candidate_on_an_accessible_page(page: Page, as_member: Enter) -> None:
    candidate = filled()
    page.goto(as_member("pia", "region") + f"/slapp/{candidate}")
    page.locator("summary").first.click()
    assert violations(page) == []
    assert page.get_by_role("button", name="Godkänn släppet").bounding_box()["height"] >= 44  # type: ignore[index]


def test_rut_reads_figures_without_javascript(browser: Browser, kommuner: None, url: Url) -> None:
    filled()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": COOKIE, "value": "rut", "url": url("region")}])
    page = context.new_page()
    page.goto(url("region") + "/siffror")
    page.get_by_label("Indelning").select_option("new.area.quarter")
    page.get_by_role("button", name="Visa").click()
    assert page.get_by_role("heading", level=2).first.inner_text() == "Nya ärenden, områden, per kvartal"
    context.close()


def test_table_map_file_and_api_say_the_same(kommuner: None) -> None:
    filled()
    html = ask("rut", BY_KOMMUN).content.decode()
    table = {place: bare(cell) for place, cell in rows_of_table(html).items()}
    drawn = dict(re.findall(r"<path class=\"hlt-m[^>]*><title>(.*?): (.*?)</title>", html))
    lines = csv.DictReader(
        StringIO(ask("rut", "/siffror/fil?tabell=new.municipality.year").content.decode("utf-8-sig")), delimiter=";"
    )
    file = {
        row["plats"]: cell_text(row["status"], *(int(row[k]) if row[k] else None for k in ("varde", "lagst", "hogst")))
        for row in lines
    }
    api = {
        cell["municipality"]["code"]: cell_text(cell["status"], cell["value"], cell["low"], cell["high"])
        for cell in cells(place="MUNICIPALITY", period="YEAR", **{"from": "2025", "to": "2025"})
    }
    by_name = {place.name: api[place.kommunkod] for place in municipalities()}
    assert len(table) == 15
    assert table == drawn == file == by_name


def test_no_number_below_five_is_anywhere_on_the_page(kommuner: None) -> None:
    filled()
    for address in (BY_KOMMUN, "/siffror?tabell=new.municipality.block", "/siffror?tabell=new.area.quarter"):
        html = ask("rut", address).content.decode()
        numbers = [bare(cell) for cell in rows_of_table(html).values()]
        assert [number for number in numbers if number.isdigit() and 0 < int(number) < 5] == []
        assert any(number.startswith("⋯") for number in numbers) or address != BY_KOMMUN


def hide_a_small_and_a_large(base: Base) -> Protection:
    """Hide Storuman's few and Skellefteå's many behind one interval, as a primary and a secondary cell may be."""
    hidden = {cell.key: (0, 30) for cell in base.cells if cell.key.place in ("2421", "2482") or cell.n < 5}
    return Protection(released_cells(base, hidden), 0, {"solver": "test", "views": ["outsider"]})


def test_a_small_and_a_merely_protecting_cell_are_the_same_bytes(kommuner: None) -> None:
    filled()
    for place in municipalities():
        let_go(place.kommunkod, "2023")
    release(build_release("2023", by=actor("rut"), protect=hide_a_small_and_a_large))
    html = ask("rut", f"{BY_KOMMUN}&period=2023").content.decode()
    table = rows_of_table(html)
    assert "⋯ (0–30)" in table["Storuman"]
    assert table["Storuman"] == table["Skellefteå"]
    shapes = dict(re.findall(r'<path (class="hlt-m[^>]*?) d="[^>]*><title>(\w+): ⋯', html))
    assert len(shapes) == 1


def test_a_grouping_that_is_not_published_is_not_offered_and_not_answered(kommuner: None) -> None:
    filled()
    html = ask("rut", "/siffror").content.decode()
    assert "new.municipality.quarter" not in html
    answer = ask("rut", "/siffror?tabell=new.municipality.quarter")
    assert answer.status_code == 422
    assert rows_of_table(answer.content.decode()) == {}


def test_a_curve_bears_the_name_of_its_place(kommuner: None) -> None:
    filled()
    release(built("2025-Q4"))
    html = ask("rut", "/siffror?tabell=new.area.quarter").content.decode()
    assert "<figcaption><b>Inlandet.</b>" in html


def test_a_period_of_another_length_is_forgotten(kommuner: None) -> None:
    filled()
    assert ask("rut", "/siffror?tabell=new.area.quarter&period=2025").status_code == 200


def test_who_built_a_release_is_told_to_find_somebody_else(kommuner: None) -> None:
    candidate = filled()
    html = ask("rut", f"/slapp/{candidate}").content.decode()
    assert "En utgivare granskar och godkänner." in html
    assert "Godkänn släppet" not in html
    refused = ask("rut", f"/slapp/{candidate}/godkann", digest=digest_of(candidate))
    assert refused.status_code == 403


def test_what_changed_since_it_was_looked_at_is_not_approved(kommuner: None) -> None:
    candidate = filled()
    assert ask("pia", f"/slapp/{candidate}/godkann", digest="0" * 64).status_code == 409
    assert ask("pia", f"/slapp/{candidate}/godkann", digest="x").status_code == 409


def test_pia_approves_publishes_and_takes_back(kommuner: None) -> None:
    filled()
    candidate = built("2025-Q1")
    approved = ask("pia", f"/slapp/{candidate}/godkann", digest=digest_of(candidate))
    assert approved.status_code == 302
    waits = ask("pia", f"/slapp/{candidate}").content.decode()
    assert ask("pia", f"/slapp/{candidate}/ge-ut", digest=digest_of(candidate)).status_code == 302
    out = ask("pia", f"/slapp/{candidate}").content.decode()
    assert "Inget mer går att göra" in ask("rut", f"/slapp/{candidate}").content.decode()
    for words, while_waiting in (("Ge ut släppet", True), ("Ges ut senast", True), ("Det som granskades", False)):
        assert (words in waits, words in out) == (while_waiting, not while_waiting)
    html = ask("pia", "/slapp").content.decode()
    link = re.findall(r'<a href="(/slapp/[^"]+/aterkalla)">2025 kvartal 1</a>', html)[0]
    assert ask("pia", link, reason="").status_code in (200, 422)
    assert ask("pia", link, reason="Fel period räknades.").status_code == 302
    assert "Fel period räknades." in ask("rut", "/slapp").content.decode()


def test_rut_asks_for_a_build_and_a_worker_is_told(kommuner: None, monkeypatch: pytest.MonkeyPatch) -> None:
    filled()
    assert ask("rut", "/slapp/bygg", period="kvartal").status_code == 422
    # As in the web process, which has no login that builds.
    monkeypatch.delitem(settings.DATABASES, "disclosure")
    answer = ask("rut", "/slapp/bygg", period="2026-Q4")
    assert answer.status_code == 302
    assert "Bygget är begärt." in ask("rut", answer["Location"]).content.decode()
    found = rows("hlt_disclosure", "SELECT asked_by FROM region.build_request WHERE period = '2026-Q4'")
    assert found == [(actor("rut").person_id,)]
    html = ask("rut", "/slapp").content.decode()
    assert "2026 kvartal 4: byggs" in html


@pytest.mark.parametrize("period", ["9999", "9999-Q1", "2999/3001", "0001"])
def test_a_period_of_no_year_that_anybody_has_worked_in_is_asked_for_again(kommuner: None, period: str) -> None:
    filled()
    answer = ask("rut", "/slapp/bygg", period=period)
    assert answer.status_code == 422
    assert "Kontrollera årtalet." in answer.content.decode()


def test_a_build_of_what_is_released_already_says_so(kommuner: None) -> None:
    filled()
    with pytest.raises(AlreadyReleased):
        build_release("2021/2023", by=actor("rut"), protect=hide_a_small_and_a_large)
    note_refused(ask_build("2021/2023", by=actor("rut")), AlreadyReleased())
    assert "Perioden är redan släppt" in ask("rut", "/slapp").content.decode()


def test_rut_reads_why_a_build_was_refused_and_what_to_do(kommuner: None) -> None:
    filled()
    request = ask_build("2032-Q1", by=actor("rut"))
    note_refused(request, EarlierCountsMissing(kommunkod="2425", period="2025-Q3"))
    html = ask("rut", "/slapp").content.decode()
    assert "2032 kvartal 1: byggdes inte" in html
    assert "Det gäller Dorotea, 2025 kvartal 3. Be kommunen skicka sina frysta siffror igen" in html


def test_a_request_that_waits_stays_on_the_page_when_a_newer_one_was_built(kommuner: None) -> None:
    filled()
    refused, waiting, newer = (ask_build(period, by=actor("rut")) for period in ("2033-Q1", "2033-Q2", "2033-Q3"))
    note_refused(refused, EarlierCountsMissing(kommunkod="2425", period="2025-Q3"))
    with region_writing("disclosure"):
        note_built(newer, uuid4(), datetime.now(UTC))
    html = ask("rut", "/slapp").content.decode()
    assert [f"2033 kvartal {quarter}: bygg" in html for quarter in (1, 2, 3)] == [False, True, False]
    with region_writing("disclosure"):
        note_built(waiting, uuid4(), datetime.now(UTC))
    assert "2033 kvartal 2: bygg" not in ask("rut", "/slapp").content.decode()


def test_rut_finds_material_as_she_types(page: Page, as_member: Enter) -> None:
    filled()
    page.goto(as_member("rut", "region") + "/bibliotek")
    field = page.get_by_label("Sök i biblioteket")
    field.press_sequentially("lathund")
    page.get_by_text("1 träff på sökningen").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_q"
    field.fill("finns inte")
    page.get_by_text("Inget hittades").wait_for()


def test_an_empty_library_says_what_to_do_and_only_a_search_asks_for_another_word(kommuner: None) -> None:
    with transaction.atomic("regional"):
        LibraryItem.objects.using("regional").update(state=ItemState.DRAFT)
        pages = [ask("rut", address).content.decode() for address in ("/bibliotek", "/bibliotek?q=brev")]
        transaction.set_rollback(True, "regional")
    assert ["Pröva ett annat ord" in page for page in pages] == [False, True]
    assert ["Dela det första" in page for page in pages] == [True, False]


def test_kommuner_stand_in_swedish_order() -> None:
    names = sorted((place.name for place in municipalities()), key=swedish)
    assert names[-3:] == ["Vindeln", "Vännäs", "Åsele"]
    assert sorted(["Öst", "Zeta", "Ärla", "Ås", "Ek", "Él"], key=swedish) == ["Ek", "Él", "Zeta", "Ås", "Ärla", "Öst"]


def test_an_open_bound_is_said_in_words() -> None:
    assert cell_text("PROTECTED", None, 0, None) == "⋯ (0 eller fler)"
    assert cell_text("PROTECTED", None, 0, 13) == "⋯ (0–13)"
