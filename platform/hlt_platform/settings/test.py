"""The test suite: as the command, since fixtures provision. Imports without any service running."""

from hlt_platform.settings.command import *  # noqa: F403

# Pages are tested without the step that gives static files their hashed names; one test does that step.
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
