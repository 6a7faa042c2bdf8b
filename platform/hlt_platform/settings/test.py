"""The test suite: as the command, since fixtures provision. Imports without any service running."""

from hlt_platform.settings.base import TEMPLATES as SERVED
from hlt_platform.settings.command import *  # noqa: F403

# Pages are tested without the step that gives static files their hashed names; one test does that step.
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True


class _Unknown(str):
    """Fails the page that prints a name which no view gave: Django would print nothing and say nothing."""

    def __mod__(self, name: object) -> str:
        raise LookupError(f"no view gave {name}")

    def __contains__(self, text: object) -> bool:
        return text == "%s"


TEMPLATES = [{**SERVED[0], "OPTIONS": {**SERVED[0]["OPTIONS"], "string_if_invalid": _Unknown("%s")}}]
