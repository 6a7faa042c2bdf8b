"""Elsa's way from the first signal to the end, in a real browser, by the people who take each step (interface §7)."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser
from tests.browser import Url
from tests.journeys.hands import KEPT, Hands, Way

from hlt_tenants.audit import instant

WAYS: list[tuple[Way, int]] = [("mouse", 1280), ("mouse", 360), ("keyboard", 1280), ("no-script", 360)]
# Links and buttons of the lead from "Ny tidig signal" to the end: signal 2, take up 2, consent 2, answer on paper 2,
# open 1, book 2, hold 2, feedback 1, plan 2, close 4; and 3 for a disclosure by hand.
MOST_PRESSES = 23
Sit = Callable[[str], Hands]


def day(days: int) -> str:
    return (instant.today() + timedelta(days=days)).isoformat()


@pytest.fixture(scope="module", autouse=True)
def fresh_pictures() -> None:
    shutil.rmtree(KEPT, ignore_errors=True)


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


def raise_a_signal(britta: Hands) -> None:
    britta.open("/")
    britta.press("Ny tidig signal", "link")
    britta.fill({"Barnets namn": "Elsa Provsson", "Född": "4 maj 2017"})
    britta.choose("Kön i folkbokföringen", "Flicka")
    britta.fill({"Vårdnadshavare": "Eva Provsson"})
    britta.choose("Vad gäller din oro mest?", "Mående och oro")
    britta.write("Vad har du sett eller hört?", "Elsa sover dåligt och är ofta ledsen.")
    britta.write("När pratade du med familjen?", "igår")
    britta.press("Skicka")


def ask_the_family(britta: Hands) -> None:
    britta.press("Ta emot signalen: Elsa Provsson", "link")
    britta.press("Ta emot signalen")
    britta.press("Be om samtycke", "link")
    britta.choose("Vilka behöver vara med?", "Socialtjänst", "Skolhälsovård")
    britta.choose("Vad får de ta del av?", "Den tidiga signalen", "Plan och uppföljning")
    britta.press("Fråga familjen")
    britta.press("Skriv in svar: Eva Provsson", "link")
    britta.choose("Vad svarade vårdnadshavaren?", "Ja")
    britta.choose("Hur lämnades svaret?", "På papper")
    britta.press("Spara svaret")
    britta.press("Öppna ärendet")


def meet_and_answer(britta: Hands) -> None:
    britta.press("Boka HLT-möte", "link")
    britta.fill({"Dag": day(7), "Klockslag": "13.00"})
    britta.press("Boka mötet")
    britta.press("Håll mötet", "link")
    britta.choose("Vad blev beslutet?", "Samordnat stöd")
    britta.write("Beslutet i en mening", "Elsa får stöd hemma och i skolan.")
    britta.press("Spara mötet")
    britta.press("Återkopplingen är lämnad")


def plan_with_the_family(britta: Hands) -> None:
    britta.press("Kom överens om en plan", "link")
    britta.choose("Barnets röst", "Barnet har sagt sin mening")
    britta.write("Barnets ord, eller varför ingen har frågat", "Jag vill sova hos mamma.")
    britta.write("Mål, med familjens ord", "Elsa sover gott")
    britta.write("Så är det nu", "Vaknar varje natt.")
    britta.write("Så hoppas vi att det blir", "Sover fem nätter av sju.")
    britta.write("Vad ska göras?", "Samtal varje vecka")
    britta.write("Klart senast", day(30))
    britta.write("Vem gör det?", "Karin Lind")
    britta.pick("Hälsa nu, 0–10", "3")
    britta.pick("Lärande nu, 0–10", "5")
    britta.pick("Trygghet nu, 0–10", "6")
    britta.write("Vem i familjen har sagt ja till planen?", "Eva Provsson")
    britta.write("När följer vi upp?", day(42))
    britta.press("Vi är överens om planen")


def close_the_case(britta: Hands) -> None:
    britta.press("Avsluta ärendet", "link")
    britta.choose("Varför avslutas ärendet?", "Målen är nådda")
    britta.press("Börja avsluta")
    britta.choose("Mål: Elsa sover gott", "Som vi hoppades")
    britta.choose("Barnets röst", "Barnet har sagt sin mening")
    britta.write("Barnets ord, eller varför ingen har frågat", "Nu sover jag.")
    britta.pick("Hälsa nu, 0–10", "8")
    britta.pick("Lärande nu, 0–10", "7")
    britta.pick("Trygghet nu, 0–10", "8")
    britta.press("Fortsätt")
    britta.press("Avsluta ärendet")


def test_elsas_way_passes_by_mouse_on_a_phone_by_keyboard_and_without_javascript(sit: Sit) -> None:
    britta = sit("britta")
    raise_a_signal(britta)
    ask_the_family(britta)
    case = britta.page.url.removeprefix(britta.address)
    meet_and_answer(britta)
    samira = sit("samira")
    samira.open("/")
    samira.press("Elsa Provsson", "link")
    assert "sover dåligt" not in samira.words()
    plan_with_the_family(britta)
    britta.press("Lämna ut uppgifter", "link")
    britta.choose("Vad ska lämnas ut?", "Tidig signal")
    britta.choose("Till vem?", "Socialtjänst (stark sekretess)")
    britta.press("Visa kopian")
    britta.press("Lämna ut")
    samira.open(case)
    assert "Elsa sover dåligt och är ofta ledsen." in samira.words()
    close_the_case(britta)
    assert "Ärendet är avslutat." in britta.words()
    assert not [title for title in (*britta.pages, *samira.pages) if "Elsa" in title]
    assert britta.presses <= MOST_PRESSES
