"""One child's way by pages: each person presses what a browser without JavaScript would, and nothing else."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

from django.http import HttpResponse
from tests.signed_in import Visit, text, visit

from hlt_tenants.audit import instant

ELSA: dict[str, Any] = {
    "child_name": "Elsa Provsson",
    "birth_date": "4 maj 2017",
    "sex": "K",
    "guardian_1": "Eva Provsson",
    "guardian_2": "Jonas Provsson",
    "concern": "mood",
    "seen": "Elsa sover dåligt och är ofta ledsen.",
    "works_well": "Har en nära vän.",
    "told_on": "igår",
    "told_way": "talk",
}


def day(days: int) -> str:
    """Give the day so many days from today as a page reads it: a written date is one day in the past."""
    return (instant.today() + timedelta(days=days)).isoformat()


YES = {"valid_until": day(180), "language": "sv"}


def filled(page: HttpResponse, /, **values: Any) -> dict[str, Any]:
    """Give what a form sends: its hidden fields as the page wrote them, and what the person filled in."""
    hidden: dict[str, Any] = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', text(page)):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and value and name[1] != "csrfmiddlewaretoken":
            hidden.setdefault(name[1], []).append(unescape(value[1]))
    return {**hidden, **values}


def link(answer: HttpResponse, label: str) -> str:
    """Give the address behind a link or a form's button; fail when the page has no such thing."""
    page = text(answer)
    for address, words in re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', page, re.S):
        if label in _plain(words):
            return str(address)
    for form in re.findall(r"<form\b.*?</form>", page, re.S):
        action = re.search(r'action="([^"]+)"', form)
        if action and label in _plain(form):
            return action[1]
    raise AssertionError(f"{label!r} is not on the page")


def _plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def read(answer: HttpResponse) -> str:
    """Give the words of a page without its markup."""
    return _plain(text(answer))


def press(who: Visit, page: HttpResponse, label: str, /, **values: Any) -> HttpResponse:
    """Press a button of a page's form and follow where it leads."""
    return follow(who, who.post(link(page, label), filled(page, **values)))


def sent(who: Visit, address: str, /, **values: Any) -> HttpResponse:
    """Open a form, fill it in, send it, follow where it leads."""
    return follow(who, who.post(address, filled(who.get(address), **values)))


def follow(who: Visit, answer: HttpResponse) -> HttpResponse:
    """Go where a redirect leads; every other answer stays."""
    return who.get(answer["Location"]) if answer.status_code == 302 else answer


def raised(user: str = "britta", child: str = "Elsa Provsson") -> tuple[Visit, HttpResponse]:
    """Somebody raises a signal about Elsa and takes it up; gives the signal's page."""
    who = visit(user)
    start = sent(who, "/signal/ny", **{**ELSA, "child_name": child})
    page = who.get(link(start, f"Ta emot signalen: {child}"))
    return who, press(who, page, "Ta emot signalen")


def asked(
    user: str = "britta", to: tuple[str, ...] = ("social", "school_medical"), child: str = "Elsa Provsson"
) -> tuple[Visit, HttpResponse]:
    """The family is asked about two branches and everything."""
    who, page = raised(user, child)
    categories = ["C1", "C2", "C3", "C4", "C5", "C6"]
    return who, sent(who, link(page, "Be om samtycke"), to_branches=list(to), categories=categories)


def opened(
    user: str = "britta", to: tuple[str, ...] = ("social", "school_medical"), child: str = "Elsa Provsson"
) -> tuple[Visit, HttpResponse]:
    """Both guardians have said yes on paper and the case is open; gives its page as the lead sees it."""
    who, page = asked(user, to, child)
    for name in ("Eva", "Jonas"):
        page = sent(who, link(page, f"Skriv in svar: {name}"), answer="yes", way="paper", **YES)
    return who, follow(who, press(who, page, "Öppna ärendet"))
