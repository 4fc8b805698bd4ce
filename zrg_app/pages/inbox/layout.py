"""How do the panes of the inbox stand together?"""

from typing import Any

import reflex as rx

from zrg_app import ui
from zrg_app.pages.inbox.action_station import action_station
from zrg_app.pages.inbox.banners import banners
from zrg_app.pages.inbox.conversation import conversation
from zrg_app.pages.inbox.conversation_list import conversation_list
from zrg_app.pages.inbox.keys_dialog import keys_dialog
from zrg_app.pages.inbox.lead_panel import lead_panel
from zrg_app.pages.inbox.palette import palette
from zrg_app.pages.inbox.rail import rail
from zrg_app.pages.inbox.saved_views import saved_dialogs
from zrg_app.pages.inbox.step_menus import step_menus
from zrg_app.pages.inbox.thread_dialogs import thread_dialogs
from zrg_app.pages.inbox.views_panel import views_panel
from zrg_app.state.base import Permission


def inbox_layout(*, session: Any, frame: Any, filters: Any, saved: Any, rows: Any, turn: Any, thread: Any, station: Any,
                 merging: Any, memory: Any, acting: Any, labelling: Any, undoing: Any) -> rx.Component:
    """Put the inbox together from the state class of each panel (their contracts: the docstring of each view function).

    `session` offers person (name, initials, hue, email), choose_theme(theme) and what `views_panel` needs; `frame`
    may_answer, may_organise and what `banners` needs.
    """
    panes = rx.el.main(
        views_panel(filters, saved, rows, session),
        conversation_list(filters, saved, rows, turn, acting, frame),
        conversation(thread, turn, acting, frame, action_station(station, frame)),
        lead_panel(thread, merging, memory, frame, turn),
        class_name="inbox",
        custom_attrs={"data-workspace": session.workspace_id},
    )
    return rx.fragment(
        ui.shell(
            rail(
                "inbox",
                viewer=session.person,
                choose_theme=session.choose_theme,
                waiting=rows.counts.needs_reply,
                places=("inbox", "settings"),
                operates=session.permissions.contains(Permission.OPERATE.value),
            ),
            panes,
            banners=banners(frame),
        ),
        saved_dialogs(filters, saved, frame),
        keys_dialog(),
        palette(turn.open),
        thread_dialogs(session.person, frame),
        step_menus(acting, turn, thread, frame, labelling, undoing),
    )
