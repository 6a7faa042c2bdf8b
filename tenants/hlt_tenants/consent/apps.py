"""The app as Django knows it."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "hlt_tenants.consent"
    label = "consent"
