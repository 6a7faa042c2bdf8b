"""Addresses of the team on a kommun's host."""

from django.urls import path

from hlt_tenants.teams import views

urlpatterns = [path("team", views.team, name="team")]
