"""Who may open what: every address of both hosts by everybody of the cast; only the expected status is by hand.

An address without a row fails, a row without an address fails. Nils of Umeå, Sixten who left, Rut of the region and a
stranger are added to each row: where a page asks for a permission they are strangers, whoever they are elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.pages_walked import asked, link, opened
from tests.signed_in import Visit, text, visit

KOMMUN, REGION = "hlt_platform.urls_kommun", "hlt_platform.urls_region"
WEARERS = ("britta", "samira", "karin", "anders", "ylva", "olle")
STRANGERS = ("nils", "sixten", "rut", None)
CHILD = "Tage Endastabell"
ABSENT = UUID("00000000-0000-4000-8000-000000000000")
# What everybody may open answers strangers too; each is read by its own tests.
OPEN = {
    "start": 200,
    "help": 200,
    "accessibility": 200,
    "fault-report": 200,
    "session-keep": 401,
    "logged-out": 200,
    "assignment-choose": 302,
}
ELSEWHERE = {"csp-report", "login-start", "login-callback", "logout", "graphql", "library-file"}

# Who is not signed in is taken to the sign-in, or told so when something was sent.
TO_SIGN_IN = {"get": 302, "post": 401}

# One row per address: how it is asked, then the status for Britta (lead), Samira (has a seat), Karin and Anders (other
# branches, no seat), Ylva (coordinates, no seat), Olle (manager). A case is open, a signal waits for the family.
TABLE: dict[str, tuple[str, str]] = {
    "welfare-report": ("get", "200 200 200 200 200 200"),
    "signal-new": ("get", "200 200 200 200 200 403"),
    "signal": ("get", "200 404 404 404 404 403"),
    "signal-receive": ("post", "409 404 404 404 404 403"),
    "signal-answer": ("get", "409 404 404 404 404 403"),
    "consent-ask": ("get", "409 404 404 404 404 403"),
    "consent-preview": ("post", "200 200 200 200 200 403"),
    "consent-answer": ("get", "404 404 404 404 404 403"),
    "case-open": ("post", "403 404 404 404 404 403"),
    "case": ("get", "200 200 404 404 200 403"),
    "baton-accept": ("post", "409 409 404 404 404 403"),
    "case-resume": ("post", "409 403 404 404 404 403"),
    "consent-expired": ("post", "409 403 404 404 404 403"),
    "consent-withdraw": ("get", "404 404 404 404 404 403"),
    "consent-renew": ("get", "409 403 404 404 404 403"),
    "disclose": ("get", "200 200 404 404 404 403"),
    "disclose-send": ("post", "302 302 404 404 404 403"),
    "meeting-book": ("get", "200 200 404 404 200 403"),
    "meeting-move": ("get", "409 403 404 404 409 403"),
    "meeting-hold": ("get", "200 200 404 404 404 403"),
    "feedback": ("get", "409 403 404 404 404 403"),
    "mapping": ("get", "200 200 404 404 404 403"),
    "mapping-write": ("get", "200 200 404 404 404 403"),
    "plan": ("get", "200 200 404 404 404 403"),
    "plan-write": ("get", "409 403 404 404 404 403"),
    "review": ("get", "409 403 404 404 404 403"),
    "close-begin": ("get", "200 403 404 404 404 403"),
    "case-close": ("get", "409 403 404 404 404 403"),
    "case-close-now": ("post", "409 403 404 404 404 403"),
    "drafts": ("get", "200 200 200 200 200 403"),
    "draft-save": ("post", "302 302 302 302 302 403"),
    "draft-save-about": ("post", "302 302 302 302 302 403"),
    "draft-discard": ("get", "200 200 200 200 200 403"),
    "draft-discard-about": ("get", "200 200 200 200 200 403"),
    "team": ("get", "200 200 200 200 200 200"),
    "kommun-figures": ("get", "403 403 403 403 403 200"),
    "kommun-figures-period": ("get", "403 403 403 403 403 404"),
    "kommun-figures-approve": ("post", "403 403 403 403 403 409"),
    "kommun-figures-send": ("post", "403 403 403 403 403 409"),
    "staff": ("get", "403 403 403 403 403 403"),
    "staff-let-in": ("post", "403 403 403 403 403 403"),
    "staff-end": ("post", "403 403 403 403 403 403"),
    "staff-again": ("post", "403 403 403 403 403 403"),
}

# The region's host: whether Rut (coordinator) and Pia (publisher) get in; what they meet there has tests of its own.
REGION_TABLE: dict[str, tuple[str, bool, bool]] = {
    "figures": ("get", True, True),
    "figures-file": ("get", True, True),
    "why-hidden": ("get", True, True),
    "releases": ("get", True, True),
    "release-build": ("post", True, True),
    "release-candidate": ("get", True, True),
    "release-approve": ("post", False, True),
    "release-publish": ("post", False, True),
    "release-withdraw": ("get", False, True),
    "library": ("get", True, True),
    "library-share": ("get", True, True),
    "library-draft": ("get", True, True),
    "library-draft-file": ("get", True, True),
    "library-draft-change": ("get", True, True),
    "library-draft-retire": ("get", True, True),
    "library-item-retire": ("get", True, True),
    "library-item": ("get", True, True),
    "teams": ("get", True, True),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Real ids to ask with: an open case and a signal that waits for the family."""

    case: UUID
    signal: UUID

    def address(self, name: str, host: str = KOMMUN) -> str:
        form = "meeting-hold" if name.endswith("-about") else "signal-new"
        own = {"case": self.case, "signal": self.signal, "form": form, "domain": "health", "kind": "worries"}
        return reverse(name, urlconf=host, kwargs={key: own.get(key, ABSENT) for key in ARGUMENTS[host][name]})


def leaves(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern.url_patterns)
        else:
            yield str(pattern.name), list(pattern.pattern.converters)


ARGUMENTS = {host: dict(leaves(get_resolver(host).url_patterns)) for host in (KOMMUN, REGION)}


def last_id(page: HttpResponse, label: str, place: int) -> UUID:
    return UUID(link(page, label).split("/")[place])


@pytest.fixture(scope="module")
def place(team: UUID) -> Place:
    _britta, case = opened(to=("social",), child=CHILD)
    _britta, signal = asked(to=("social",), child=CHILD)
    return Place(last_id(case, "Boka HLT-möte", 2), last_id(signal, "Skriv in svar: Eva", 2))


def ask(who: Visit, how: str, address: str) -> HttpResponse:
    return who.get(address) if how == "get" else who.post(address)


def test_every_address_of_the_kommuns_host_has_a_row_and_every_row_an_address() -> None:
    assert set(ARGUMENTS[KOMMUN]) == set(TABLE) | set(OPEN) | (ELSEWHERE & set(ARGUMENTS[KOMMUN]))


@pytest.mark.parametrize("name", TABLE)
def test_everybody_gets_what_the_table_says(place: Place, name: str) -> None:
    how, told = TABLE[name]
    expected = dict(zip(WEARERS, map(int, told.split()), strict=True)) | dict.fromkeys(STRANGERS, TO_SIGN_IN[how])
    found = {user: ask(visit(user), how, place.address(name)).status_code for user in expected}
    assert found == expected


@pytest.mark.parametrize("name", OPEN)
@pytest.mark.parametrize("user", [*WEARERS, *STRANGERS])
def test_what_is_open_tells_nothing_of_the_child(place: Place, name: str, user: str | None) -> None:
    answer = visit(user).get(place.address(name))
    assert answer.status_code in (OPEN[name], 200, 204)
    assert user in ("britta", "samira") or CHILD not in text(answer)


@pytest.mark.parametrize("name", sorted(name for name in TABLE if {"case", "signal"} & set(ARGUMENTS[KOMMUN][name])))
def test_a_neighbour_in_umea_meets_every_page_of_lycksele_as_if_it_were_not(place: Place, name: str) -> None:
    nils, how = visit("nils", "2480"), TABLE[name][0]
    real, absent = (ask(nils, how, one.address(name)) for one in (place, Place(ABSENT, ABSENT)))
    assert (real.status_code, real.content) == (absent.status_code, absent.content)
    assert real.status_code in (200, 404) if name == "consent-preview" else real.status_code == 404


@pytest.mark.parametrize("user", ["karin", "anders", "ylva"])
@pytest.mark.parametrize("name", sorted(name for name in TABLE if {"case", "signal"} & set(ARGUMENTS[KOMMUN][name])))
def test_who_has_no_place_in_it_cannot_tell_it_from_what_does_not_exist(place: Place, name: str, user: str) -> None:
    how, told = TABLE[name]
    if dict(zip(WEARERS, told.split(), strict=True))[user] != "404":
        return
    real, absent = (ask(visit(user), how, one.address(name)) for one in (place, Place(ABSENT, ABSENT)))
    assert (real.status_code, real.content) == (404, absent.content)
    assert dict(real.items()) == dict(absent.items())


@pytest.mark.parametrize("name", sorted(set(TABLE) - {"team"}))  # the region has a page of its own at /team
def test_no_page_of_a_kommun_answers_on_the_regions_host(place: Place, name: str) -> None:
    assert visit("rut", None).get(place.address(name)).status_code == 404


def test_every_address_of_the_regions_host_has_a_row_and_every_row_an_address() -> None:
    assert set(ARGUMENTS[REGION]) == set(REGION_TABLE) | set(OPEN) | ELSEWHERE


@pytest.mark.parametrize("name", REGION_TABLE)
def test_only_the_regions_own_get_into_its_pages(team: UUID, name: str) -> None:
    how, *may = REGION_TABLE[name]
    sent = {key: "handboken" if key == "slug" else ABSENT for key in ARGUMENTS[REGION][name]}
    address = reverse(name, urlconf=REGION, kwargs=sent)
    refused = [ask(visit(user, None), how, address).status_code in (401, 403) for user in ("rut", "pia")]
    assert refused == [not one for one in may]
    for user in ("britta", "olle", "nils", "sixten", None):
        assert ask(visit(user, None), how, address).status_code == TO_SIGN_IN[how]
