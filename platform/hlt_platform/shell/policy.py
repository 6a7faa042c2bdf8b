"""The content security policy of every page (interface §3); nothing on our own host may run without the nonce."""

from typing import Any

from csp.constants import NONCE, NONE, SELF

DIRECTIVES: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [NONCE],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["htmx"],
    "report-uri": "/csp-report",
}
