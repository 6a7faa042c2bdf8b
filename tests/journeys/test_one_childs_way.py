"""Elsa's way from the first signal to the end, in a real browser, by the people who take each step (interface §7)."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser import Url
from tests.journeys.elsas_way import (
    SEEN,
    ask_the_family,
    book_a_meeting,
    close_the_case,
    hold_the_meeting,
    look_at_a_copy,
    plan_with_the_family,
    raise_a_signal,
    say_yes,
)
from tests.journeys.hands import Hands, Way

# With a mouse on a wide screen everybody signs in for real and takes their own steps: test_real_sign_in.
WAYS: list[tuple[Way, int]] = [("mouse", 360), ("keyboard", 1280), ("no-script", 360)]
# Links and buttons of the lead from "Ny tidig signal" to the end: signal 2, take up 2, consent 2, answer on paper 2,
# open 1, book 2, hold 2, feedback 1, plan 2, close 4; and 3 for a disclosure by hand.
MOST_PRESSES = 23
Sit = Callable[[str], Hands]


@pytest.fixture(params=WAYS, ids=[f"{way}-{width}" for way, width in WAYS])
def sit(request: pytest.FixtureRequest, browser: Browser, url: Url, team: object) -> Iterator[Sit]:
    """Let people of Lycksele sit down at a screen each; fail when one of their browsers had anything to complain of."""
    way, width = request.param
    sitting: list[Hands] = []

    def down(user: str) -> Hands:
        hands = Hands(browser, url("lycksele"), user, way=way, width=width)
        sitting.append(hands)
        return hands

    yield down
    assert [line for hands in sitting for line in hands.done() if "status of 40" not in line] == []


def test_elsas_way_passes_on_a_phone_by_keyboard_and_without_javascript(sit: Sit) -> None:
    britta = sit("britta")
    raise_a_signal(britta)
    ask_the_family(britta)
    say_yes(britta, "Eva Provsson")
    britta.press("Öppna ärendet")
    case = britta.page.url.removeprefix(britta.address)
    book_a_meeting(britta)
    hold_the_meeting(britta)
    britta.choose("Hur?", "Brev")
    britta.press("Återkopplingen är lämnad")
    samira = sit("samira")
    samira.open("/")
    samira.press("Elsa Provsson", "link")
    assert "sover dåligt" not in samira.words()
    plan_with_the_family(britta)
    look_at_a_copy(britta)
    britta.press("Lämna ut")
    samira.open(case)
    assert SEEN in samira.words()
    close_the_case(britta)
    assert "Ärendet är avslutat." in britta.words()
    assert not [title for title in (*britta.pages, *samira.pages) if "Elsa" in title]
    assert britta.presses <= MOST_PRESSES
