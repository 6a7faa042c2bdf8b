from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "hlt_platform.shell"
    label = "shell"
