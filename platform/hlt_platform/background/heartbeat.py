"""A file that is touched as long as a process works: what `make up` and a probe look at instead of a port."""

import time
from pathlib import Path

from django.conf import settings

EVERY_SECONDS = 5.0
SILENT_SECONDS = 60.0  # as the chart asks


def beats(part: str) -> None:
    """Say that a part is alive and has just done its round; nothing happens without HLT_HEARTBEAT_DIR."""
    if settings.HLT_HEARTBEAT_DIR:
        (Path(settings.HLT_HEARTBEAT_DIR) / part).touch()


def is_silent(folder: Path, part: str) -> bool:
    """Tell whether a part has said so once, and not for a minute; one that has only just started is not silent."""
    file = folder / part
    return file.is_file() and time.time() - file.stat().st_mtime > SILENT_SECONDS
