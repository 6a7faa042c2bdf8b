"""Plugs what identity only knows as protocols."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "hlt_platform.wiring"
    label = "wiring"

    def ready(self) -> None:
        from hlt_platform.wiring.plugs import plug

        plug()
