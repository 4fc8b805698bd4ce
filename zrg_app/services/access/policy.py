"""Who may do what? One table, role by permission (FACTS section 4). Pure."""

from enum import StrEnum

from zrg_app.models.vocabulary import Role, TokenScope


class Permission(StrEnum):
    """What can be asked for."""

    READ_INBOX = "read the inbox"
    ANSWER = "answer leads"
    ORGANISE = "mark conversations done, read, snoozed or assigned"
    EDIT_LEADS = "edit leads"
    SEE_SETTINGS = "see settings"
    EDIT_SETTINGS = "change settings"
    CONNECT_PROVIDERS = "connect providers"
    MANAGE_MEMBERS = "manage members"
    MANAGE_TOKENS = "manage API tokens"
    OPERATE = "see and repair operations"


_EVERYTHING = frozenset(Permission)
_INBOX = frozenset({Permission.READ_INBOX, Permission.ANSWER, Permission.ORGANISE, Permission.EDIT_LEADS})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _EVERYTHING,
    Role.ADMIN: _EVERYTHING,
    Role.INBOX_MANAGER: _INBOX | {Permission.SEE_SETTINGS},
    Role.SETTER: _INBOX,
    Role.CLIENT_PORTAL: frozenset({Permission.READ_INBOX, Permission.SEE_SETTINGS}),
}
RANK: dict[Role, int] = {Role.OWNER: 4, Role.ADMIN: 4, Role.INBOX_MANAGER: 3, Role.SETTER: 1, Role.CLIENT_PORTAL: 0}
TOKEN_PERMISSIONS: dict[TokenScope, frozenset[Permission]] = {
    TokenScope.READ: frozenset({Permission.READ_INBOX}),
    TokenScope.WRITE: _INBOX,
}


def highest(roles: list[Role]) -> Role | None:
    """The role that counts when a person has several; OWNER before ADMIN; None for a stranger."""
    order = list(Role)
    return max(roles, key=lambda role: (RANK[role], -order.index(role)), default=None)


def allows(role: Role, permission: Permission) -> bool:
    """Whether `role` carries `permission`."""
    return permission in PERMISSIONS[role]


def sees_own_only(role: Role, *, setters_see_own_only: bool) -> bool:
    """Whether `role` sees nothing but the leads assigned to the person: a setter, where the workspace says so."""
    return role is Role.SETTER and setters_see_own_only


def token_allows(scope: TokenScope, permission: Permission) -> bool:
    """Whether an API token of `scope` carries `permission`."""
    return permission in TOKEN_PERMISSIONS[scope]
