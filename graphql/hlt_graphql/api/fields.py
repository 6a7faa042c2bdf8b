"""A root field that says who may use it; nothing else may stand in Query or Mutation (A8)."""

from collections.abc import Callable
from typing import Any

import graphene

from hlt_identity.roles import Permission, check_may


class Open(graphene.Field):
    """A field for who holds `needs`: asked before its resolver runs, by the role's permissions, level and freshness."""

    def __init__(
        self, type_: Any, *, needs: Permission, description: str, resolver: Callable[..., Any], **arguments: Any
    ) -> None:
        super().__init__(type_, description=f"{description} Needs {needs.name}.", resolver=resolver, **arguments)
        self.needs = needs

    def wrap_resolve(self, parent_resolver: Callable[..., Any]) -> Callable[..., Any]:
        inner = super().wrap_resolve(parent_resolver)

        def guarded(root: Any, info: Any, **arguments: Any) -> Any:
            check_may(info.context.actor, self.needs, at_second=info.context.received_at)
            return inner(root, info, **arguments)

        return guarded


def listed(of: Any) -> graphene.NonNull:
    """Give the type of a list that is never null and holds no null."""
    return graphene.NonNull(graphene.List(graphene.NonNull(of)))


def said(type_: Any, description: str, *, required: bool = True, resolver: Any = None) -> graphene.Field:
    """Give a field of an object with the sentence that explains it."""
    is_whole = isinstance(type_, graphene.NonNull)
    return graphene.Field(type_, required=required and not is_whole, description=description, resolver=resolver)
