"""The app as Django knows it."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "hlt_tenants.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Let the steps that count leave their facts."""
        from hlt_tenants.audit.following import follow
        from hlt_tenants.audit.rules import Event
        from hlt_tenants.reporting.facting import note_grant

        follow(Event.CONSENT_GRANTED, note_grant)
