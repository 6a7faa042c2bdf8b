"""The app as Django knows it."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "hlt_tenants.followup"
    label = "followup"

    def ready(self) -> None:
        """Say what of a follow-up can be given to another branch."""
        from hlt_tenants.casework.offers import offer
        from hlt_tenants.followup.own_items import own_items

        offer(own_items)
