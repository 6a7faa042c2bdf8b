"""The same story with nothing in the place of sign-in: the real Keycloak, the providers' own pages, real sessions."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from tests.journeys.hands import Hands
from tests.journeys.test_one_childs_way import ask_the_family, raise_a_signal
from tests.keycloak_running import Server
from tests.served import served

import assets
from hlt_platform.demo.people import CAST

pytestmark = pytest.mark.timeout(900)
Enter = Callable[[str, str, str], Hands]


def without_seconds(page: bytes) -> bytes:
    """Leave out how long the stranger's own session still lasts."""
    return re.sub(rb'data-seconds="\d+"', b"", page)


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


def test_britta_of_the_region_signs_in_at_lycksele_and_others_cannot_reach_her_case(enter: Enter) -> None:
    britta = enter("britta", "lycksele", "Anställd i regionen")
    assert "Britta Åström" in britta.page.get_by_role("banner").inner_text()
    raise_a_signal(britta)
    ask_the_family(britta)
    case = britta.page.url.removeprefix(britta.address)
    samira = enter("samira", "lycksele", "Anställd i kommunen")
    samira.open(case)
    assert "Elsa Provsson" in samira.heading()
    nils = enter("nils", "umea", "Anställd i kommunen")
    rut = enter("rut", "region", "Anställd i regionen")
    absent = "/arende/00000000-0000-4000-8000-000000000000"
    for stranger in (nils, rut):
        refused, unknown = (stranger.asks(path) for path in (case, absent))
        assert refused[0] == unknown[0] == 404
        assert without_seconds(refused[1]) == without_seconds(unknown[1])
