"""Codes as types of their own: a wrong one is refused at the door, and its text is never repeated."""

import re
from typing import Any

from graphene import Scalar
from graphql import GraphQLError, StringValueNode, ValueNode


class Code(Scalar):
    """A text of one fixed form."""

    class Meta:
        abstract = True

    form = re.compile("")

    @classmethod
    def parse_value(cls, value: Any) -> str:
        """Give the text; raise GraphQLError, which is shown without it, for anything of another form."""
        if not isinstance(value, str) or not cls.form.fullmatch(value):
            raise GraphQLError("wrong form")
        return value

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: Any = None) -> str:
        return cls.parse_value(node.value if isinstance(node, StringValueNode) else None)

    @staticmethod
    def serialize(value: Any) -> str:
        return str(value)


class MunicipalityCode(Code):
    """SCB four-digit municipality code, such as 2480."""

    form = re.compile(r"\d{4}")


class AreaCode(Code):
    """Statistical area: U, S, K or I."""

    form = re.compile(r"[A-Z]")


class IndicatorCode(Code):
    """I01 to I25; stable for ever."""

    form = re.compile(r"I\d{2}")


class Period(Code):
    """2027-Q2 (quarter), 2027 (year) or 2027/2029 (block of three calendar years, fixed and disjoint)."""

    form = re.compile(r"\d{4}(-Q[1-4]|/\d{4})?")


class Slug(Code):
    """Lower-case letters, digits and hyphens, at most 60."""

    form = re.compile(r"[a-z0-9-]{1,60}")


class Cursor(Code):
    """A place in a list, made and signed by the server."""

    form = re.compile(r"[A-Za-z0-9:_-]{1,300}")


class Digest(Code):
    """SHA-256 as 64 hexadecimal digits."""

    form = re.compile(r"[0-9a-f]{64}")


class Uuid(Code):
    """An id made by the server."""

    form = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
