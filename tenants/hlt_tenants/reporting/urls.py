"""Addresses of a manager's figures, on a kommun's host; who reads the counts is given by wiring."""

from django.urls import URLPattern, path

from hlt_tenants.reporting.views import (
    Administration,
    kommun_figures,
    kommun_figures_approve,
    kommun_figures_period,
    kommun_figures_send,
)


def routes(administration: Administration) -> list[URLPattern]:
    """Give the four addresses."""
    given = {"administration": administration}
    return [
        path("kommunens-siffror", kommun_figures, given, name="kommun-figures"),
        path("kommunens-siffror/<str:period>", kommun_figures_period, given, name="kommun-figures-period"),
        path("kommunens-siffror/<str:period>/godkann", kommun_figures_approve, given, name="kommun-figures-approve"),
        path("kommunens-siffror/<str:period>/skicka-igen", kommun_figures_send, given, name="kommun-figures-send"),
    ]
