"""Whose data is meant, said once per request or task. Empty means an error, never "all"."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import NotSupportedError, connections

from hlt_identity.errors import NoKommun


@dataclass(frozen=True, slots=True)
class Where:
    """A kommun and the login within it: a branch code, or admin, jobs, relay, signal.

    `login` None: the host is known but nobody is signed in; only the `door` alias answers.
    """

    kommunkod: str
    login: str | None = None

    @property
    def schema(self) -> str:
        return f"k{self.kommunkod}"

    @property
    def db_login(self) -> str:
        """Raise NoKommun while no branch is chosen."""
        if self.login is None:
            raise NoKommun
        return f"k{self.kommunkod}_{self.login}"

    @property
    def door_login(self) -> str:
        return f"k{self.kommunkod}_door"


_here: ContextVar[Where | None] = ContextVar("hlt_where", default=None)


def here() -> Where:
    """Give the kommun and login in force. Raise NoKommun outside `inside()`, also in a new thread."""
    where = _here.get()
    if where is None:
        raise NoKommun
    return where


def here_if_anywhere() -> Where | None:
    """Give the kommun and login in force, None outside `inside()`."""
    return _here.get()


@contextmanager
def inside(where: Where) -> Iterator[Where]:
    """Enter a kommun as one login. Raise NotSupportedError on a switch inside an open transaction (tenancy §3)."""
    before = _here.get()
    if before != where and before is not None and connections["default"].in_atomic_block:
        raise NotSupportedError("another kommun or branch inside an open transaction")
    token = _here.set(where)
    try:
        yield where
    finally:
        _here.reset(token)
