"""One run at a time at what runs of tests share in the user's cache."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from keycloak_server import cache


@contextmanager
def turn(name: str) -> Iterator[None]:
    """Wait until no other run holds this name, and hold it; the kernel lets it go when a run ends, however it ends."""
    with (cache() / f"{name}.lock").open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
