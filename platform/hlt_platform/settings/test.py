"""The test suite: as the command, since fixtures provision. Imports without any service running."""

from hlt_platform.settings.command import *  # noqa: F403
