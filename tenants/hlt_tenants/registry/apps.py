"""The registry: shared tables about kommuner, none about a person."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "hlt_tenants.registry"
    label = "registry"
