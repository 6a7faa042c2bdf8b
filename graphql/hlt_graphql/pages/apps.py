from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hlt_graphql.pages"
    label = "pages"
