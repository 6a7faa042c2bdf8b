"""A row and a question are of the kommun and login they were made in, and are used nowhere else (tenancy §3).

Without this a question put in one kommun and asked late is answered by the next, and a row read in one kommun is saved
in another without an error: the database sees a login that writes its own rows.
"""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models

from hlt_identity.errors import NoKommun
from hlt_tenants.registry.context import here_if_anywhere

Row = TypeVar("Row", bound="Belonging")


class BelongsElsewhere(NoKommun):
    """A row or a question made in one kommun, or as one login, was about to be used in another."""

    code = "BELONGS_ELSEWHERE"


def settle(made: "Belonging | BelongingQuerySet[Any]") -> None:
    """Raise BelongsElsewhere for what was made in another kommun or as another login.

    What was made outside all has read nothing yet: it belongs to where it is first used.
    """
    made.made_in = made.made_in or here_if_anywhere()
    if made.made_in != here_if_anywhere():
        raise BelongsElsewhere


class BelongingQuerySet(models.QuerySet[Row]):
    """A question, and later its answer, of the kommun and login it was put in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.made_in = here_if_anywhere()
        super().__init__(*args, **kwargs)

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.made_in = self.made_in
        return clone

    @property
    def db(self) -> str:
        # Django asks this before everything that reaches the database.
        settle(self)
        return super().db

    @property
    def _result_cache(self) -> list[Any] | None:
        # An answer that is already there is given without asking the database.
        if self._answer is not None:
            settle(self)
        return self._answer

    @_result_cache.setter
    def _result_cache(self, answer: list[Any] | None) -> None:
        self._answer = answer

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        return super().bulk_create(_all_here(objs), *args, **kwargs)

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> int:
        return super().bulk_update(_all_here(objs), fields, batch_size)


def _all_here(rows: Iterable[Row]) -> list[Row]:
    kept = list(rows)
    for row in kept:
        settle(row)
    return kept


class Belonging(models.Model):
    """A row that knows where it was made: the router lets it be saved, deleted and followed nowhere else."""

    objects = BelongingQuerySet.as_manager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.made_in = here_if_anywhere()
        super().__init__(*args, **kwargs)
