"""The whole line with nothing in the place of sign-in: the real Keycloak, everybody's own provider, real sessions."""

from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from tests.cast import LYCKSELE
from tests.figures_made import AFTER, CASES_A_QUARTER, MIDDLES, facts_in, let_go
from tests.journeys.elsas_way import (
    SEEN,
    ask_the_family,
    book_a_meeting,
    close_the_case,
    follow_up,
    hold_the_meeting,
    look_at_a_copy,
    plan_with_the_family,
    raise_a_signal,
    say_yes,
    say_yes_again,
    take_back,
    write_down,
)
from tests.journeys.hands import Hands
from tests.journeys.strangers import addresses, learned, refused_bytes, unknown
from tests.keycloak_running import Server
from tests.logins import rows
from tests.served import served

import assets
from hlt_graphql.releases.asking import asked
from hlt_graphql.releases.signing import make_key
from hlt_platform.demo.people import CAST
from hlt_platform.wiring.publication import build_as_asked, freeze, send_counts

pytestmark = pytest.mark.timeout(900)
Enter = Callable[[str, str, str], Hands]
KOMMUN, REGION = "Anställd i kommunen", "Anställd i regionen"
NAMES, SIGNAL = "Barn: Elsa Provsson, född 2017-05-04", "Oro: Mående och oro"
WORRY = "Kartläggning, hälsa: det som oroar"


@pytest.fixture
def enter(real_realm: Server, team: UUID, browser: Browser) -> Iterator[Enter]:
    """Sign people in by their own provider, each in a browser of their own."""
    assets.build()
    sitting: list[Hands] = []
    with served(real_realm.ports[2], is_real=True) as port:

        def come_in(user: str, slug: str, via: str) -> Hands:
            player = next(player for player in CAST if player.user == user)
            hands = Hands(browser, f"http://{slug}.hlt.localhost:{port}", user, is_real=True)
            sitting.append(hands)
            hands.sign_in(via, player.password)
            return hands

        yield come_in
        assert [line for hands in sitting for line in hands.done() if "status of 40" not in line] == []


def received(who: Hands, case: str) -> list[str]:
    """Give the first line of each copy that others have given to whoever opens the case, in order of coming."""
    who.open(case)
    return [copy.splitlines()[0] for copy in who.page.locator("main .hlt-cards .hlt-text").all_inner_texts()]


def signal_is_raised(britta: Hands, others: list[Hands]) -> str:
    """Raise a signal, ask both guardians; until the second yes nobody else learns of it. Gives the case's address."""
    raise_a_signal(britta, "Jonas Provsson")
    ask_the_family(britta, "Skola")
    say_yes(britta, "Eva Provsson")
    for other in others:
        other.open("/")
        assert "Elsa" not in other.words()
        assert learned(other, addresses(britta)) == []
    say_yes(britta, "Jonas Provsson")
    britta.press("Öppna ärendet")
    return britta.page.url.removeprefix(britta.address)


def each_gets_what_was_given(britta: Hands, samira: Hands, karin: Hands, anders: Hands, case: str) -> None:
    for other in (samira, karin, anders):
        assert received(other, case) == [NAMES]
    look_at_a_copy(britta)
    britta.press("Lämna ut")
    write_down(karin, "hälsa, det som oroar", "Elsa har ont i magen.")
    look_at_a_copy(karin, WORRY, "Regionens vård (stark sekretess)")
    karin.press("Lämna ut")
    assert received(samira, case) == [NAMES, SIGNAL]
    assert SEEN in samira.words()
    assert received(britta, case) == [WORRY]
    for other in (karin, anders):
        assert received(other, case) == [NAMES]


def they_meet(ylva: Hands, britta: Hands, case: str) -> None:
    """Ylva books a meeting about a child whose name she never sees; both guardians get their answer."""
    ylva.press("Ärende", "link")
    book_a_meeting(ylva)
    assert "Elsa" not in ylva.words()
    britta.open(case)
    hold_the_meeting(britta)
    for guardian in ("Eva Provsson", "Jonas Provsson"):
        britta.choose("Vem har fått svaret?", guardian)
        britta.choose("Hur?", "Brev")
        britta.press("Återkopplingen är lämnad")
        if guardian.startswith("Eva"):
            britta.press("Ge återkoppling", "link")


def a_yes_is_taken_back(britta: Hands, samira: Hands, others: list[Hands], case: str) -> None:
    """While Britta looks at the next copy Eva changes her mind: it does not go, and only the lead sees the case."""
    look_at_a_copy(britta, "Tidig signal (redan lämnat till socialtjänst)", "Skola (mycket svag sekretess)")
    samira.open(case)
    take_back(samira, "Eva Provsson")
    britta.press("Lämna ut")
    assert britta.heading() == "Uppgiften får inte lämnas ut"
    assert "Samtycket är återkallat." in britta.words()
    for other in others:
        assert refused_bytes(other, case) == refused_bytes(other, unknown(case))
    britta.open(case)
    say_yes_again(britta, "Eva Provsson", "Jonas Provsson")


def support_comes_and_ends(britta: Hands, samira: Hands, karin: Hands, anders: Hands, case: str) -> None:
    """Plan, follow-up and end; at the end each has the copies that were given and nothing else."""
    plan_with_the_family(britta)
    follow_up(britta)
    close_the_case(britta)
    assert "Ärendet är avslutat." in britta.words()
    plan, looked_at = received(anders, case)[1:]
    assert (plan[:15], looked_at[:11]) == ("Plan, version 1", "Uppföljning")
    assert received(samira, case) == [NAMES, SIGNAL, plan, looked_at]
    for other in (karin, anders):
        assert received(other, case) == [NAMES, plan, looked_at]
        assert SEEN not in other.words()


def neighbours_learn_nothing(enter: Enter, walked: set[tuple[str, str]], case: str) -> None:
    """Nils in Umeå and Rut at the region ask for all of it, at home and at Lycksele's host, where they stay outside.

    Lycksele's provider does not know Nils; the region's knows Rut, and the door refuses her. A manager opens no case.
    """
    nils, rut, olle = enter("nils", "umea", KOMMUN), enter("rut", "region", REGION), enter("olle", "lycksele", KOMMUN)
    assert learned(olle, walked) == []
    for stranger in (nils, rut):
        assert learned(stranger, walked) == []
        assert refused_bytes(stranger, case) == refused_bytes(stranger, unknown(case))
        stranger.address = olle.address
    nils.go_to_the_provider(KOMMUN)
    nils.page.locator("#password").wait_for()
    rut.go_to_the_provider(REGION)
    rut.page.locator("#password").fill("rut-demo")
    rut.page.locator("#kc-login").click()
    rut.page.wait_for_url(f"{rut.address}/logga-in/klar**")
    for stranger in (nils, rut):
        assert learned(stranger, walked) == []


def test_a_case_goes_from_signal_to_close_through_all_hands_and_nobody_else_learns_of_it(enter: Enter) -> None:
    britta = enter("britta", "lycksele", REGION)
    assert "Britta Åström" in britta.page.get_by_role("banner").inner_text()
    samira, karin, anders = others = [enter(user, "lycksele", KOMMUN) for user in ("samira", "karin", "anders")]
    case = signal_is_raised(britta, others)
    each_gets_what_was_given(britta, samira, karin, anders, case)
    ylva = enter("ylva", "lycksele", KOMMUN)
    they_meet(ylva, britta, case)
    a_yes_is_taken_back(britta, samira, others, case)
    support_comes_and_ends(britta, samira, karin, anders, case)
    neighbours_learn_nothing(enter, addresses(britta, ylva, *others), case)


def counted_elsewhere() -> None:
    """Let every kommun have had cases in 2026, and all but Lycksele have let their counts go."""
    make_key()
    for kommunkod, cases in CASES_A_QUARTER.items():
        for month, on in MIDDLES:
            facts_in(kommunkod, date(2026, month, on), cases)
        if kommunkod != LYCKSELE:
            let_go(kommunkod, "2026")
    freeze(LYCKSELE, "2026", today=AFTER)


def lets_go(olle: Hands) -> str:
    """See what was counted, let it go, and have it sent as the kommun's worker does. Gives the number of cases."""
    olle.press("Kommunens siffror", "link")
    olle.page.get_by_role("link", name="2026", exact=True).click()
    number = olle.page.locator("tbody td.hlt-number").first.inner_text()
    olle.press("Godkänn talen")
    send_counts(LYCKSELE)
    return number


def asks_for_a_build(rut: Hands) -> None:
    """Ask on the page; build as a worker does, who has the login for it."""
    rut.press("Släpp", "link")
    rut.write("Period", "2026")
    rut.press("Bygg släppet")
    (request,) = rows("hlt_disclosure", "SELECT id FROM region.build_request")
    build_as_asked(asked(UUID(str(request[0]))))


def figures(rut: Hands) -> dict[str, str]:
    """Give what the region's page says of each kommun; empty while nothing is released."""
    rut.open("/siffror")
    lines = rut.page.locator("tbody tr").all()
    told = {line.locator("th").inner_text(): line.locator("td.hlt-number").inner_text() for line in lines}
    assert told or "Inget är släppt ännu" in rut.words()
    return told


def test_rut_sees_the_kommuns_figure_only_as_a_released_cell(enter: Enter) -> None:
    counted_elsewhere()
    rut, olle = enter("rut", "region", REGION), enter("olle", "lycksele", KOMMUN)
    assert figures(rut) == {}
    number = lets_go(olle)
    assert figures(rut) == {}
    asks_for_a_build(rut)
    pia = enter("pia", "region", REGION)
    pia.press("2026", "link")
    pia.press("Godkänn släppet")
    assert figures(rut) == {}
    pia.press("Ge ut släppet")
    told = figures(rut)
    assert told["Lycksele"] == number
    assert told["Vindeln"].startswith("⋯ (0–")
    assert len(told) == 15
