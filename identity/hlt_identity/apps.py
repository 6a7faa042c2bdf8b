"""The app as Django knows it."""

from django.apps import AppConfig
from django.core.checks import register


class IdentityConfig(AppConfig):
    name = "hlt_identity"
    label = "identity"

    def ready(self) -> None:
        """Let `check` name the settings that would tear down the border between hosts."""
        from hlt_identity.sessions.request_rules import settings_faults

        register(settings_faults)
