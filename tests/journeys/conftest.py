"""Whole tasks as people do them, in a real browser."""

import shutil

import pytest
from tests.browser import (
    as_member,
    base_url,
    browser_context_args,
    browser_type_launch_args,
    port,
    quiet_console,
    url,
)
from tests.journeys.hands import KEPT

__all__ = [
    "as_member",
    "base_url",
    "browser_context_args",
    "browser_type_launch_args",
    "port",
    "quiet_console",
    "url",
]


@pytest.fixture(scope="session", autouse=True)
def fresh_pictures() -> None:
    """Let the pictures be those of this run."""
    shutil.rmtree(KEPT, ignore_errors=True)
