"""Closed lists whose members carry their Swedish words, so that a code without a label cannot be written (INV11)."""

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """A code as it stands in the database, and what people read: `MEMBER = "code", "Ord"`."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Make a member that is its code as text; raise TypeError for one without words, when the module is read."""
        if not label:
            raise TypeError(f"{cls.__name__} {code} has no label")
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member
