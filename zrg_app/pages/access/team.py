"""What does the Team tab of Settings show? Members with their roles, open invitations, keys for programs."""

import reflex as rx

from zrg_app import ui
from zrg_app.services.access.views import InvitationView, MemberView, TokenView
from zrg_app.state.access.team import TeamState

ROLES = {"ADMIN": "Admin", "INBOX_MANAGER": "Inbox manager", "SETTER": "Setter", "CLIENT_PORTAL": "Client, read-only"}


def team_tab() -> rx.Component:
    """The tab; `TeamState.load` fills it."""
    return rx.fragment(_members(), _invitations(), _tokens())


def _members() -> rx.Component:
    return ui.card(
        rx.foreach(TeamState.members, _member), title="People",
        aside=rx.el.span(TeamState.members.length(), class_name="faint small"))


def _member(member: rx.Var[MemberView]) -> rx.Component:
    roles = rx.el.select(*_role_options(), value=member.role, class_name="field", disabled=member.is_owner,
                         on_change=lambda role: TeamState.change_role(member.user_id, role),
                         custom_attrs={"aria-label": "Role of " + member.name})
    return rx.el.div(
        ui.avatar(member.initials, member.hue, size="m"),
        rx.el.div(rx.el.div(member.name, class_name="strong clip"), rx.el.div(member.email, class_name="small faint clip"),
                  class_name="grow"),
        rx.cond(member.is_owner, ui.badge("Owner"), roles),
        rx.cond(member.is_owner, rx.fragment(),
                ui.icon_button("trash", "Remove from the workspace", on_click=TeamState.remove_member(member.user_id))),
        class_name="line", key=member.user_id)


def _invitations() -> rx.Component:
    form = rx.el.div(
        ui.field_row("E-mail", ui.text_input("invite-email", kind="email", auto_complete="off"), for_id="invite-email"),
        ui.field_row("Role", ui.select("invite-role", *_role_options(), value="SETTER"), for_id="invite-role"),
        ui.button("Invite", look="primary", mark="plus",
                  on_click=TeamState.invite(ui.typed("invite-email"), ui.typed("invite-role"))))
    shown = rx.cond(TeamState.shown_link != "", ui.banner(
        "In the sandbox no mail leaves. ", rx.el.a("Open the invitation", href=TeamState.shown_link, class_name="link"),
        tone="quiet"), rx.fragment())
    return ui.card(form, shown, rx.foreach(TeamState.invitations, _invitation), title="Invite somebody")


def _invitation(invitation: rx.Var[InvitationView]) -> rx.Component:
    return rx.el.div(
        ui.icon("mail"),
        rx.el.div(invitation.email, class_name="grow clip"),
        rx.cond(invitation.is_expired, ui.badge("Expired"), ui.moment(invitation.expires_at, manner="soon")),
        ui.button("Take back", look="ghost", on_click=TeamState.revoke_invitation(invitation.id)),
        class_name="line", key=invitation.id)


def _tokens() -> rx.Component:
    form = rx.el.div(
        ui.field_row("What it is for", ui.text_input("token-name", auto_complete="off", max_length=100), for_id="token-name"),
        ui.field_row("It may", ui.select("token-scope", rx.el.option("Read", value="read"),
                                         rx.el.option("Read and write", value="write"), value="read"), for_id="token-scope"),
        ui.button("Make a token", mark="key",
                  on_click=TeamState.create_token(ui.typed("token-name"), ui.typed("token-scope"))))
    shown = rx.cond(TeamState.shown_token != "", ui.banner(
        "Copy it now, it is not shown again: ", rx.el.code(TeamState.shown_token), mark="key", tone="wait"), rx.fragment())
    return ui.card(form, shown, rx.foreach(TeamState.tokens, _token), title="Keys for programs")


def _token(token: rx.Var[TokenView]) -> rx.Component:
    return rx.el.div(
        ui.icon("key"),
        rx.el.div(token.name, rx.el.span(" ••••" + token.last_four, class_name="faint"), class_name="grow clip"),
        ui.badge(token.scope),
        ui.button("Revoke", look="ghost", on_click=TeamState.revoke_token(token.id)),
        class_name="line", key=token.id)


def _role_options() -> list[rx.Component]:
    return [rx.el.option(word, value=role) for role, word in ROLES.items()]
