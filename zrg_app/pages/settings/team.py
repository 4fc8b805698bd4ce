"""Who belongs here? Members, invitations and API tokens, each with the step that changes it."""

import reflex as rx

from zrg_app import ui
from zrg_app.pages.settings.parts import confirm, copied, group
from zrg_app.state.session import SessionState
from zrg_app.state.settings.frame import SettingsState
from zrg_app.state.settings.general import GeneralState
from zrg_app.state.settings.team import UNDO, TeamState
from zrg_app.state.settings.words import MAY, ROLES

_ROLE_NAMES = rx.Var.create({role: name for role, (name, _) in ROLES.items()})
_GIVEN = [(role, name, words) for role, (name, words) in ROLES.items() if role != "OWNER"]


def team_tab() -> rx.Component:
    """Draw people, invitations, tokens, and the person's own logins."""
    manages, has_tokens = SettingsState.may_manage_members, SettingsState.may_manage_tokens
    return rx.el.div(
        group("Members", "Who works in this workspace. The owner comes with it and stays.",
              rx.el.ul(rx.foreach(TeamState.members, _member), class_name="entries", custom_attrs={"aria-label": "Members"}),
              id="members"),
        rx.el.button(type="button", hidden=True, on_click=TeamState.take_back,
                     custom_attrs={"data-undo": UNDO, "tabIndex": -1, "aria-hidden": "true"}),
        group("Roles", "What each of them may do here. Of several roles the highest counts.", _roles(), id="roles"),
        rx.cond(manages, group("Invite", "They get a mail with a link that works for seven days.", _invite(), _link(),
                               _invitations(), id="invite-people")),
        rx.cond(has_tokens, group("API tokens", "For programs that read or write through the API, in this workspace only.",
                                  _token_form(), _fresh_token(), _tokens(), id="api-tokens")),
        group("Your logins", "Lost a laptop? This signs you out of every browser, this one too.", _everywhere(), id="logins"))


def _member(member: rx.Var) -> rx.Component:
    role = rx.cond(
        SettingsState.may_manage_members & ~member.is_owner,
        rx.el.select(*[rx.el.option(name, value=value) for value, name, _ in _GIVEN], value=member.role, class_name="field",
                     on_change=lambda chosen: TeamState.change_role(member.user_id, chosen),
                     custom_attrs={"aria-label": "Role of " + member.name.to(str)}),
        rx.el.span(_ROLE_NAMES[member.role].to(str), class_name="soft"))
    is_me = member.user_id == SessionState.person.id
    last = rx.cond(is_me, rx.el.span("Here now"), rx.cond(
        member.last_seen_at != "", rx.el.span("Last seen ", ui.moment(member.last_seen_at)),
        rx.cond(member.last_login_at != "", rx.el.span("Last in ", ui.moment(member.last_login_at)), rx.el.span("Never signed in"))))
    question = rx.cond(is_me, "Leave this workspace? You lose access at once.",
                       "Remove " + member.name.to(str) + "? They lose access at once; what they wrote stays, and their "
                       "conversations become nobody's. You can undo it.")
    gone = confirm("remove-" + member.user_id.to(str), "Remove", question, "Remove", mark="trash",
                   shown="Remove from the workspace", on_click=TeamState.remove_member(member.user_id))
    return rx.el.li(
        ui.avatar(member.initials, member.hue),
        rx.el.div(rx.el.div(member.name, rx.cond(is_me, ui.badge("You"), rx.fragment()),
                            class_name="line strong"),
                  rx.el.div(member.email, class_name="small faint clip"), class_name="grow"),
        rx.el.div(last, class_name="entry-time faint small"),
        rx.el.div(role, class_name="entry-choice"),
        rx.el.div(rx.cond(SettingsState.may_manage_members & ~member.is_owner, gone, rx.fragment()), class_name="entry-step"),
        key=member.user_id, class_name="entry")


def _roles() -> rx.Component:
    """Each role with all it may do, and the one thing about setters that a workspace decides."""
    rows = [rx.el.li(rx.el.div(rx.el.div(ROLES[role][0], class_name="strong"), rx.el.div(ROLES[role][1], class_name="small faint")),
                     rx.el.ul(*[rx.el.li(ui.icon("check", size="s"), sentence) for sentence in MAY[role]], class_name="role-may"),
                     class_name="role") for role in ROLES]
    limited = rx.el.p(ui.icon("eye", size="s"), rx.el.span("Setters see only the leads assigned to them (General)."),
                      class_name="line small")
    return rx.fragment(rx.el.ul(*rows, class_name="roles", custom_attrs={"aria-label": "Roles"}),
                       rx.cond(GeneralState.shown.setters_see_own_only, limited))


def _invite() -> rx.Component:
    email = ui.text_input("invite-email", kind="email", name="email", required=True, max_length=254, auto_complete="off",
                          placeholder="ben@agency.com")
    role = ui.select("invite-role", *[rx.el.option(f"{name}: {words.lower()}", value=value) for value, name, words in _GIVEN],
                     value="SETTER", name="role")
    return rx.el.form(
        ui.field_row("E-mail", email, for_id="invite-email", problem=TeamState.invite_problem),
        ui.field_row("Role", role, for_id="invite-role"),
        ui.button("Invite", look="primary", mark="mail", type="submit"),
        on_submit=TeamState.invite, key="invite-" + TeamState.form_turn.to(str), class_name="one-line", no_validate=True,
        custom_attrs={"aria-label": "Invite somebody"})


def _link() -> rx.Component:
    """The link itself, where no mail leaves."""
    return rx.cond(TeamState.shows_link, rx.el.div(
        rx.el.p("No mail leaves this installation. Hand this link to ", rx.el.b(TeamState.invited_email),
                "; it is shown only now."),
        copied("Invitation link", identifier="invitation-link"),
        class_name="fresh", role="status"), rx.fragment())


def _invitations() -> rx.Component:
    rows = rx.el.ul(rx.foreach(TeamState.invitations, _invitation), class_name="entries",
                    custom_attrs={"aria-label": "Open invitations"})
    nobody = rx.el.p("Nobody is waiting to come in. Who you invite stands here until they accept.", class_name="faint nothing")
    return rx.cond(TeamState.invitations.length() > 0, rows, nobody)


def _invitation(row: rx.Var) -> rx.Component:
    state = rx.cond(row.is_expired, ui.badge("Expired", tone="wait"), ui.badge("Waiting", tone="info"))
    return rx.el.li(
        rx.el.span(ui.icon("mail"), class_name="entry-mark"),
        rx.el.div(rx.el.div(rx.el.span(row.email, class_name="clip"), state, class_name="line strong"),
                  rx.el.div(_ROLE_NAMES[row.role].to(str), class_name="small faint"), class_name="grow"),
        rx.el.div("Sent ", ui.moment(row.created_at), rx.cond(row.is_expired, "", rx.el.span(
            " · works until ", ui.moment(row.expires_at, manner="plain"))), class_name="entry-time faint small"),
        rx.el.div(ui.button("Resend", look="ghost", on_click=TeamState.resend_invitation(row.id),
                            attributes={"aria-label": "Resend the invitation of " + row.email.to(str)}), class_name="entry-step"),
        rx.el.div(confirm("revoke-" + row.id.to(str), "Revoke",
                          "Take the invitation of " + row.email.to(str) + " back? Its link stops working.", "Take back",
                          on_click=TeamState.revoke_invitation(row.id)), class_name="entry-step"),
        key=row.id, class_name="entry")


def _token_form() -> rx.Component:
    name = ui.text_input("token-name", name="name", max_length=100, auto_complete="off", placeholder="Reporting script")
    scope = ui.select("token-scope", rx.el.option("Read: look at conversations", value="read"),
                      rx.el.option("Write: also answer and approve", value="write"), value="read", name="scope")
    return rx.el.form(
        ui.field_row("Name", name, for_id="token-name", problem=TeamState.token_problem),
        ui.field_row("Access", scope, for_id="token-scope"),
        ui.button("Create token", mark="key", type="submit"),
        on_submit=TeamState.create_token, key="token-" + TeamState.form_turn.to(str), class_name="one-line", no_validate=True,
        custom_attrs={"aria-label": "Create an API token"})


def _fresh_token() -> rx.Component:
    return rx.cond(TeamState.shows_token, rx.el.div(
        rx.el.p(rx.el.b("Copy the token now."), " It is not shown again; only a trace of it is kept."),
        copied("New API token", identifier="new-token"), class_name="fresh", role="status"), rx.fragment())


def _tokens() -> rx.Component:
    rows = rx.el.ul(rx.foreach(TeamState.tokens, _token), class_name="entries", custom_attrs={"aria-label": "API tokens"})
    none = rx.el.p("No program can come in yet. A token you create stands here until it is revoked.", class_name="faint nothing")
    return rx.cond(TeamState.tokens.length() > 0, rows, none)


def _token(row: rx.Var) -> rx.Component:
    used = rx.cond(row.last_used_at != "", rx.el.span("Used ", ui.moment(row.last_used_at)), rx.el.span("Never used"))
    scope = ui.badge(rx.cond(row.scope == "write", "Write", "Read"))
    return rx.el.li(
        rx.el.span(ui.icon("key"), class_name="entry-mark"),
        rx.el.div(rx.el.div(rx.el.span(row.name, class_name="clip"), scope, class_name="line strong"),
                  rx.el.div("Ends in ", row.last_four, class_name="small faint"), class_name="grow"),
        rx.el.div(used, class_name="entry-time faint small"),
        rx.el.div(confirm("revoke-" + row.id.to(str), "Revoke",
                          "Revoke " + row.name.to(str) + "? Programs that use it are refused at once.", "Revoke",
                          on_click=TeamState.revoke_token(row.id)), class_name="entry-step"),
        key=row.id, class_name="entry")


def _everywhere() -> rx.Component:
    leave = confirm("leave-everywhere", "Sign out everywhere", "Sign out of every browser? You need your password to come back.",
                    "Sign out", action="/api/auth/logout-everywhere")
    return rx.el.div(rx.el.div(rx.el.div(SessionState.person.name, class_name="strong"),
                               rx.el.div(SessionState.person.email, class_name="small faint clip"), class_name="grow"),
                     leave, class_name="line")
