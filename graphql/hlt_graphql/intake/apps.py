"""The app as Django knows it."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "hlt_graphql.intake"
    label = "intake"
