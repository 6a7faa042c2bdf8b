"""The page of roles: who may do what, and how surely and how recently one must have signed in for it."""

from collections.abc import Iterator

from hlt_identity.roles import ASSURANCE, ROLES, Permission

HEAD = """# Roles and permissions

Made by `hlt handbook` from `identity/hlt_identity/roles.py`. A change of a role is a decision,
which the last column names.
"""


def page() -> str:
    return "\n".join([HEAD, "## Roles", *roles(), "", "## Permissions", *permissions(), ""])


def roles() -> Iterator[str]:
    yield from ("", "| role | code | why it exists | may | decision |", "|---|---|---|---|---|")
    for role in ROLES.values():
        may = ", ".join(f"`{permission}`" for permission in Permission if permission in role.permissions)
        yield f"| {role.name} | `{role.code}` | {role.purpose} | {may} | {role.adr} |"


def permissions() -> Iterator[str]:
    yield from ("", "| permission | level of assurance | signed in within | held by |", "|---|---|---|---|")
    for permission in Permission:
        need = ASSURANCE[permission]
        fresh = f"{int(need.fresh.total_seconds() // 60)} min" if need.fresh else "the session's own rules"
        held = ", ".join(role.name for role in ROLES.values() if permission in role.permissions)
        yield f"| `{permission}` | {need.level} | {fresh} | {held} |"
