"""The app as Django knows it."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "hlt_tenants.drafts"
    label = "drafts"
