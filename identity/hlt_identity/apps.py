"""The app as Django knows it."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "hlt_identity"
    label = "identity"
