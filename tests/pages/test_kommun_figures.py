"""A manager sees the kommun's own numbers, lets exactly those go, and nobody else sees them."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page
from tests.browser import SMALL, WIDE, is_wider_than_its_window, violations
from tests.figures_made import AFTER, facts_in
from tests.signed_in import text, visit

from hlt_platform.wiring.publication import freeze

ADDRESS = "/kommunens-siffror"


@pytest.fixture(scope="module")
def counted(kommuner: None) -> None:
    """Two counted years in Lycksele, none of them approved."""
    facts_in("2481", date(2019, 5, 2), 7)
    for period in ("2019", "2020"):
        freeze("2481", period, today=AFTER)


def test_olle_lets_a_period_go_after_he_has_seen_it(counted: None) -> None:
    olle = visit("olle")
    assert "Väntar på dig" in text(olle.get(ADDRESS))
    page = text(olle.get(f"{ADDRESS}/2019"))
    assert '<td class="hlt-number">7</td>' in page
    digest = page.split('name="digest" value="')[1].split('"')[0]
    assert olle.post(f"{ADDRESS}/2019/godkann", {"digest": digest}).status_code == 302
    assert "Talen är godkända och går till regionen." in text(olle.get(f"{ADDRESS}/2019"))


def test_counts_that_he_did_not_see_stay(counted: None) -> None:
    olle = visit("olle")
    assert olle.post(f"{ADDRESS}/2020/godkann", {"digest": "0" * 64}).status_code == 409
    assert olle.post(f"{ADDRESS}/2020/godkann", {}).status_code == 409
    assert "Får talen gå till regionen?" in text(olle.get(f"{ADDRESS}/2020"))


def test_a_period_that_was_never_counted_is_not_found(counted: None) -> None:
    assert visit("olle").get(f"{ADDRESS}/1999-Q1").status_code == 404


@pytest.mark.parametrize("user", ["karin", "ylva", "samira"])
def test_nobody_else_in_the_kommun_sees_the_numbers(counted: None, user: str) -> None:
    for address in (ADDRESS, f"{ADDRESS}/2019"):
        assert visit(user).get(address).status_code == 403


def test_the_pages_are_accessible(page: Page, counted: None, as_member: Callable[[str, str], str]) -> None:
    for size in (SMALL, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for address in (ADDRESS, f"{ADDRESS}/2020"):
            page.goto(as_member("olle", "lycksele") + address)
            assert violations(page) == []
            assert not is_wider_than_its_window(page)
