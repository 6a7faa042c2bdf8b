"""The region's pages, as an app: their templates."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hlt_graphql.pages"
    label = "pages"
