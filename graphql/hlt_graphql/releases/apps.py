"""The app as Django knows it."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "hlt_graphql.releases"
    label = "releases"
