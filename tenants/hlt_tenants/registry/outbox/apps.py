"""The app as Django knows it: its tables lie in every kommun, unlike the registry's own."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "hlt_tenants.registry.outbox"
    label = "outbox"
