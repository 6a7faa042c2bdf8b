"""The app as Django knows it."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "hlt_graphql.resources"
    label = "resources"
