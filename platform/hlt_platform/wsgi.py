"""The web process."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hlt_platform.settings.local")

# More than any form of ours may send; who sends more without being heard has lost the answer.
READ_OUT_BYTES = 8 * 1024 * 1024

pages = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer when what is left of the body has been read, up to 8 MiB.

    A connection that is closed over unread bytes is reset, and the client loses the answer that refused it.
    """
    answer: Iterable[bytes] = pages(environ, start_response)
    left = READ_OUT_BYTES
    while left > 0 and (part := environ["wsgi.input"].read(65_536)):
        left -= len(part)
    return answer
