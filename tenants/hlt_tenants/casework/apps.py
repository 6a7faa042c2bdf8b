"""The app as Django knows it."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "hlt_tenants.casework"
    label = "casework"

    def ready(self) -> None:
        """Say what of a case can be given to another branch."""
        from hlt_tenants.casework.offers import offer
        from hlt_tenants.casework.own_items import own_items

        offer(own_items)
