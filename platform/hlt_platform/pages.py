"""The first page of each host, until somebody is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hlt_identity.roles import open_to_all


@open_to_all("names the kommun and nothing else")
def welcome(request: HttpRequest) -> HttpResponse:
    return render(request, "platform/welcome.html", {"place": request.kommun})  # type: ignore[attr-defined]
