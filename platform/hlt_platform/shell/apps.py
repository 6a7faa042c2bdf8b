"""The frame around every page, as an app: its templates and tags."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "hlt_platform.shell"
    label = "shell"
