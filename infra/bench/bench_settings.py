"""As the command, with static files unhashed: measuring needs no built assets."""

from hlt_platform.settings.command import *  # noqa: F403

STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
