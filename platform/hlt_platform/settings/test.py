"""The test suite: as local, with what coverage needs. Imports without any service running."""

from hlt_platform.settings.base import *  # noqa: F403
