"""Pages are opened in a real browser against the whole chain of middleware."""

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
