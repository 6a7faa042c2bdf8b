"""Whole tasks as people do them, in a real browser."""

from tests.browser import (
    as_member,
    base_url,
    browser_context_args,
    browser_type_launch_args,
    port,
    quiet_console,
    url,
)

__all__ = [
    "as_member",
    "base_url",
    "browser_context_args",
    "browser_type_launch_args",
    "port",
    "quiet_console",
    "url",
]
