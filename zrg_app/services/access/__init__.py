"""Who comes in and what they may do."""

from zrg_app.services.access.api_tokens import create_token, revoke_token, token_scope_for, verify_token, workspace_of_token
from zrg_app.services.access.flows import accept_invitation, ask_reset, create_user, reset_password, set_up, sign_in
from zrg_app.services.access.inviting import invite, offer, resend_invitation, revoke_invitation
from zrg_app.services.access.membership import add_member, change_role, remove_member, restore_member
from zrg_app.services.access.policy import Permission
from zrg_app.services.access.profile import choose_theme, may_create_workspaces
from zrg_app.services.access.queries import (
    anybody,
    grant,
    in_charge,
    invitations,
    members,
    permitted,
    person,
    role_of,
    scope_for,
    tokens,
    user_called,
    workspaces_of,
)
from zrg_app.services.access.sessions import close, close_all, open_session, recognise
from zrg_app.services.access.tidying import tidy
from zrg_app.services.access.views import (
    Grant,
    InvitationView,
    Invited,
    MemberView,
    NewToken,
    OfferView,
    Person,
    SignedIn,
    TokenGrant,
    TokenView,
    Visitor,
    WorkspaceOption,
)

__all__ = [
    "Grant", "InvitationView", "Invited", "MemberView", "NewToken", "OfferView", "Permission", "Person", "SignedIn",
    "TokenGrant", "TokenView", "Visitor", "WorkspaceOption", "accept_invitation", "add_member", "anybody", "ask_reset",
    "change_role", "choose_theme", "close", "close_all", "create_token", "create_user", "grant", "in_charge", "invitations",
    "invite", "may_create_workspaces", "members", "offer", "open_session", "permitted", "person", "recognise", "remove_member",
    "resend_invitation", "reset_password", "restore_member", "revoke_invitation", "revoke_token", "role_of", "scope_for",
    "set_up", "sign_in", "tidy", "token_scope_for", "tokens", "user_called", "verify_token", "workspace_of_token",
    "workspaces_of",
]
