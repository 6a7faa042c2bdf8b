"""Who asks: the only type that is about a person, and it is about nobody else."""

from typing import Any

import graphene

from hlt_graphql.api.fields import listed, said
from hlt_identity.roles import ROLES


class Viewer(graphene.ObjectType):
    """Whom the token stands for."""

    role = said(graphene.String, "The role's Swedish name.", resolver=lambda root, info: ROLES[root.role].name)
    permissions = said(listed(graphene.String), "What the role may do; at most 30.")

    def resolve_permissions(root: Any, info: Any) -> list[str]:
        return sorted(permission.name for permission in ROLES[root.role].permissions)
