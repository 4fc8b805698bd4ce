"""Where in Slack do the alerts go? The chosen channel, and the list to choose another from."""

import reflex as rx

from zrg_app import ui
from zrg_app.state.settings.channel import ChannelState
from zrg_app.state.settings.frame import SettingsState


def channel_choice(card: rx.Var) -> rx.Component:
    """The channel as it is; the list comes from Slack when somebody wants another."""
    is_chosen = card.view.channel != ""
    now = rx.cond(is_chosen, rx.el.b("#" + card.view.channel_name.to(str)),
                  rx.el.span("nowhere yet: no channel is chosen", class_name="faint"))
    change = ui.button(rx.cond(is_chosen, "Change", "Choose a channel"), on_click=ChannelState.load,
                       disabled=ChannelState.is_loading)
    shown = rx.el.div(rx.el.span("Alerts go to ", now, class_name="grow"),
                      rx.cond(SettingsState.may_connect, change, rx.fragment()), class_name="line")
    return rx.el.div(rx.cond(ChannelState.is_open, _list(card), shown), class_name="channel-choice",
                     custom_attrs={"aria-label": "Channel for alerts", "role": "group"})


def _list(card: rx.Var) -> rx.Component:
    waiting = rx.el.p(ui.icon("spinner"), rx.el.span("Asking Slack for the channels …"), class_name="said",
                      custom_attrs={"data-tone": "busy"})
    failed = rx.el.p(ui.icon("alert"), rx.el.span(ChannelState.problem), class_name="said", custom_attrs={"data-tone": "bad"})
    none = rx.el.p("Slack shows no channel. Invite the bot to one, then load again.", class_name="soft grow")
    choice = rx.el.select(
        rx.el.option("Choose a channel", value="", disabled=True),
        rx.foreach(ChannelState.channels, lambda channel: rx.el.option(
            rx.cond(channel.is_private, "🔒 ", "# ") + channel.name.to(str)
            + rx.cond(channel.is_member, "", " (invite the bot first)"), value=channel.id, key=channel.id)),
        value=card.view.channel, on_change=ChannelState.choose, class_name="field grow",
        custom_attrs={"aria-label": "Channel"})
    found = rx.cond(ChannelState.channels.length() > 0, choice, none)
    step = ui.button("Cancel", look="ghost", on_click=ChannelState.close)
    return rx.el.div(rx.cond(ChannelState.is_loading, waiting, rx.cond(ChannelState.problem != "", failed, found)),
                     rx.el.span(class_name="grow"), step, class_name="line")
