"""The app as Django knows it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "hlt_tenants.plans"
    label = "plans"

    def ready(self) -> None:
        """Say what of a mapping or plan can be given to another branch."""
        from hlt_tenants.casework.offers import offer
        from hlt_tenants.plans.own_items import own_items

        offer(own_items)
