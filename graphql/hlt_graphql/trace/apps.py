"""The app as Django knows it."""

from django.apps import AppConfig


class TraceConfig(AppConfig):
    name = "hlt_graphql.trace"
    label = "trace"
