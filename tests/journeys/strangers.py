"""Who has no business with a case asks for every address of it, and must learn nothing from the answers."""

import re
from collections.abc import Iterable

from tests.journeys.hands import ID, Hands

NOBODY = "00000000-0000-4000-8000-000000000000"
# Asked by the page itself, so that cookies and Sec-Fetch-Site are those of a real browser at that host.
ASK = """async ([method, path]) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")
    const body = method === "POST" ? new URLSearchParams({csrfmiddlewaretoken: token ? token.value : ""}) : undefined
    const answer = await fetch(path, {method, body})
    return [answer.status, answer.redirected ? new URL(answer.url).pathname : "", await answer.text()]
}"""
# It shows what is ticked in the form it was sent, reads nothing and keeps nothing.
READS_NOTHING = "/samtycke/vem-ser-vad"
OWN = re.compile(r'(data-seconds|name="csrfmiddlewaretoken" value|nonce)="[^"]*"')
Walked = Iterable[tuple[str, str]]


def unknown(path: str) -> str:
    """Give the same address with an id that no row has."""
    return ID.sub(NOBODY, path)


def answer(who: Hands, method: str, path: str) -> tuple[int, str, str]:
    """Give status, where one was sent on to, and page; an id that the asker wrote is no news.

    Taken out: how long the asker's own session lasts, and the nonce and token that each answer has of its own.
    """
    status, onward, page = who.page.evaluate(ASK, [method, path])
    for asked in ID.findall(path):
        page = page.replace(asked, NOBODY)
    return status, onward, OWN.sub("", page)


def addresses(*walkers: Hands) -> set[tuple[str, str]]:
    """Give every address that these people's browsers asked for and that names a row which exists."""
    asked = set().union(*(walker.walked for walker in walkers))
    return {(method, path) for method, path in asked if NOBODY not in path}


def learned(who: Hands, walked: Walked) -> list[str]:
    """Give the addresses that open, or whose answer is not the one for a row that does not exist; empty = none."""
    who.page.goto(who.address + "/")
    return [f"{method} {ID.sub('…', path)}" for method, path in sorted(walked) if _tells(who, method, path)]


def _tells(who: Hands, method: str, path: str) -> bool:
    told = answer(who, method, path)
    is_open = told[0] < 400 and told[1] != "/logga-in" and not path.endswith(READS_NOTHING)
    return is_open or told != answer(who, method, unknown(path))


def refused_bytes(who: Hands, path: str) -> bytes:
    """Write an address by hand; give the very bytes of the page that says that there is no such thing."""
    told = who.page.goto(who.address + path)
    assert told is not None
    assert told.status == 404
    return re.sub(rb'data-seconds="\d+"', b"", told.body())
