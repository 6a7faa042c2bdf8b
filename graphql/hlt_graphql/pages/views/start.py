"""The first page of who works for the whole region."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hlt_graphql.pages.requests import RegionRequest
from hlt_graphql.pages.views.releases import tasks
from hlt_identity.roles import Permission, may, needs


@dataclass(frozen=True, slots=True)
class Card:
    """A way in, in words."""

    url: str
    title: str
    text: str


CARDS = (
    ("figures", "Siffror", "Karta, kurvor och tabeller över det som är släppt.", Permission.FIGURES_VIEW),
    ("releases", "Släpp", "Kedjan av släpp, och det som väntar på en andra person.", Permission.FIGURES_VIEW),
    ("library", "Bibliotek", "Metoder, vägledningar, blanketter och brev att använda.", Permission.LIBRARY_VIEW),
    ("teams", "Team", "Så når du HLT-teamet i varje kommun.", Permission.LIBRARY_VIEW),
)


@needs(Permission.PROFILE_VIEW)
def start_page(request: RegionRequest) -> HttpResponse:
    actor = request.actor
    cards = tuple(Card(reverse(name), title, text) for name, title, text, need in CARDS if may(actor, need))
    return render(request, "pages/start.html", {"cards": cards, "waiting": tuple(tasks(actor))})
