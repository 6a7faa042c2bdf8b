"""Every address of both hosts says who may open it (style §6, A7); what everybody may open is written down here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from hlt_identity.roles import Permission, needs, open_to_all
from hlt_platform.shell.views import front

MAPS = ("hlt_platform.urls_kommun", "hlt_platform.urls_region")
# A page that is new here shows nothing of anybody; say why in its decorator, and have it read by a second person.
OPEN = {
    "accessibility",
    "assignment-choose",
    "csp-report",
    "fault-report",
    "graphql",
    "help",
    "library-file",
    "logged-out",
    "login-callback",
    "login-start",
    "logout",
    "session-keep",
    "start",
}
Leaf = tuple[str, Callable[..., Any]]


def leaves(patterns: list[URLPattern | URLResolver]) -> Iterator[Leaf]:
    """Give (name or address, view) of everything that answers."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from leaves(pattern.url_patterns)
        else:
            name = pattern.name or str(pattern.pattern)
            yield name, pattern.callback
            # A door that chooses between two pages is open; the page behind it must say for itself.
            if behind := getattr(pattern.callback, "behind", None):
                yield f"{name}-signed-in", behind


def undeclared(found: list[Leaf]) -> list[str]:
    """Give what says neither what it needs nor why it is open, or both."""
    return [
        name
        for name, view in found
        if isinstance(getattr(view, "needs", None), Permission) == bool(getattr(view, "open_reason", ""))
    ]


def open_ones(found: list[Leaf]) -> set[str]:
    return {name for name, view in found if getattr(view, "open_reason", "")}


EVERY = [leaf for name in MAPS for leaf in leaves(get_resolver(name).url_patterns)]


def test_a_page_behind_the_front_door_is_walked_too() -> None:
    names = [name for name, _view in EVERY]
    assert names.count("start-signed-in") == len(MAPS)
    planted = leaves([path("", front(page), name="start")])
    assert undeclared(list(planted)) == ["start-signed-in"]


def test_every_page_declares_what_it_needs() -> None:
    assert len(EVERY) > 10
    assert undeclared(EVERY) == []


def test_the_open_pages_are_those_written_down() -> None:
    assert open_ones(EVERY) == OPEN


@pytest.mark.parametrize("name", MAPS)
def test_every_address_has_a_name_made_of_words(name: str) -> None:
    found = [pattern for pattern, _view in leaves(get_resolver(name).url_patterns)]
    assert not [one for one in found if not one.replace("-", "").isalpha()]
    assert len(found) == len(set(found))


def page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize(
    ("view", "is_seen"),
    [
        (page, True),
        (needs(Permission.TASKS_VIEW)(page), False),
        (open_to_all("says nothing of anybody")(lambda request: page(request)), False),
        (open_to_all("")(lambda request: page(request)), True),
        (needs(Permission.TASKS_VIEW)(open_to_all("both")(lambda request: page(request))), True),
    ],
)
def test_a_planted_page_without_a_declaration_is_seen(view: Callable[..., Any], is_seen: bool) -> None:
    nested = include(([path("x/", include(([path("y", view, name="planted")], "inner")))], "outer"))
    assert undeclared(list(leaves([path("", nested)]))) == (["planted"] if is_seen else [])
