"""The app as Django knows it."""

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "hlt_tenants.teams"
    label = "teams"
