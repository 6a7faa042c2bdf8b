"""The app as Django knows it."""

from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "hlt_tenants.families"
    label = "families"
