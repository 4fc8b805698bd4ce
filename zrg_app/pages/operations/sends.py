"""Was everything sent once? The proof in one line, and each send of unknown fate with what a person can do about it."""

import reflex as rx

from zrg_app import ui
from zrg_app.state.operations.sends import SendsState


def sends_section() -> rx.Component:
    """Draw the proof and the doubtful sends; `SendsState.load` fills it."""
    return ui.card(
        rx.match(
            SendsState.status,
            ("waiting", rx.el.div(ui.skeleton("60%"), ui.skeleton("40%"), class_name="stack gap", role="status")),
            ("broken", ui.broken("The sends did not load", SendsState.problem,
                                 ui.button("Try again", mark="loop", on_click=SendsState.load))),
            rx.fragment(_verdict(), _wrong(), _doubtful()),
        ),
        title="Sends",
        aside=ui.button("Count again", look="quiet", mark="loop", on_click=SendsState.load),
    )


def _verdict() -> rx.Component:
    """Whether it holds, and the numbers it is made of."""
    good = rx.el.div(ui.icon("check-all"), rx.el.b("Every message left once."), class_name="line good")
    bad = rx.el.div(ui.icon("alert"), rx.el.b("Some messages did not leave exactly once."), class_name="line bad", role="alert")
    return rx.fragment(
        rx.cond(SendsState.holds, good, bad),
        ui.pairs(
            ("Messages to send", ui.grouped(SendsState.keys)),
            ("Left once", ui.grouped(SendsState.once)),
            ("Never left", ui.grouped(SendsState.never)),
            ("On their way", ui.grouped(SendsState.on_the_way)),
            ("Fate unknown", ui.grouped(SendsState.doubtful.length())),
        ),
    )


def _wrong() -> rx.Component:
    """The keys whose counts are not one; there should never be any."""
    rows = rx.foreach(
        SendsState.wrong,
        lambda row: rx.el.tr(
            rx.el.td(row.key, class_name="clip"), rx.el.td(row.accepted, class_name="num"),
            rx.el.td(row.named, class_name="num"), rx.el.td(row.messages, class_name="num"), key=row.key))
    head = rx.el.tr(*[rx.el.th(word, scope="col") for word in ("Key", "Accepted", "Ids at the provider", "In threads")])
    return rx.cond(SendsState.wrong.length() > 0,
                   rx.el.table(rx.el.caption("Not exactly once"), rx.el.thead(head), rx.el.tbody(rows), class_name="table"))


def _doubtful() -> rx.Component:
    """Each send nobody is sure of, with the three things a person can say."""
    none = rx.el.p("No send is in doubt.", class_name="faint")
    listed = rx.el.ul(rx.foreach(SendsState.doubtful, _one), class_name="doubtful", custom_attrs={"aria-label": "Sends in doubt"})
    return ui.section("In doubt", rx.cond(SendsState.doubtful.length() > 0, listed, none))


def _one(row: rx.Var) -> rx.Component:
    looking = rx.el.span(ui.icon("spinner", size="s"), "Asking the provider…", class_name="line faint", role="status")
    steps = rx.el.div(
        ui.button("Look again", look="quiet", mark="loop", on_click=SendsState.look_again(row.outbound_id)),
        ui.button("It arrived", look="quiet", mark="check", on_click=SendsState.it_arrived(row.outbound_id)),
        ui.button("It did not: send again", look="quiet", mark="send", on_click=SendsState.send_again(row.outbound_id)),
        class_name="line doubtful-steps",
    )
    return rx.el.li(
        rx.el.div(
            ui.channel_icon(row.channel),
            rx.el.a(row.lead_name, href="/?leadId=" + row.lead_id, class_name="strong clip"),
            rx.el.span("tried ", row.attempts, " times, last ", ui.moment(row.tried_at), class_name="faint small"),
            class_name="line",
        ),
        rx.el.p(row.body, class_name="clip soft"),
        rx.el.p(row.reason, class_name="small faint"),
        rx.cond(row.is_looking, rx.fragment(looking, steps), steps),
        key=row.outbound_id,
        custom_attrs={"data-outbound": row.outbound_id},
    )
