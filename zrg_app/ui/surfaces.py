"""What does content lie on: cards, sections, banners, and the faces of a list that has nothing to show?"""

from typing import Any, Literal

import reflex as rx

from zrg_app.ui.icon import IconName, icon
from zrg_app.ui.marks import Text


def card(*children: rx.Component, title: Text | None = None, aside: rx.Component | None = None) -> rx.Component:
    """A framed group with an optional title and a control at its right."""
    head: rx.Component = rx.fragment()
    if title is not None:
        head = rx.el.header(rx.el.h3(title, class_name="grow"), aside or rx.fragment())
    return rx.el.section(head, *children, class_name="card")


def section(title: Text, *children: rx.Component, aside: rx.Component | None = None) -> rx.Component:
    """A part of a panel, parted by a line."""
    head = rx.el.header(rx.el.h3(title), aside) if aside is not None else rx.el.h3(title)
    return rx.el.section(head, *children, class_name="section")


def pairs(*rows: tuple[Text, rx.Component | Text]) -> rx.Component:
    """Names and values in two columns."""
    parts = [part for name, value in rows for part in (rx.el.dt(name), rx.el.dd(value))]
    return rx.el.dl(*parts, class_name="pairs")


def banner(
    *children: rx.Component | Text, mark: IconName = "info", tone: Literal["wait", "bad", "info", "quiet"] = "wait"
) -> rx.Component:
    """A sentence over the whole page that holds until its cause is gone."""
    return rx.el.div(icon(mark), rx.el.span(*children), class_name="banner", role="status", custom_attrs={"data-tone": tone})


def letter(html: Text, name: Text) -> rx.Component:
    """A stranger's letter in a frame of its own: nothing in it can act, load or touch the page. `html` was cleaned before."""
    paper = "<style>body{font:14px/1.5 system-ui,sans-serif;margin:14px;overflow-wrap:anywhere}img{max-width:100%}</style>"
    attributes = {"sandbox": "allow-popups allow-popups-to-escape-sandbox", "srcDoc": paper + html, "title": name}
    return rx.el.iframe(class_name="letter", custom_attrs=attributes)


def skeleton(width: str = "100%", height: str = "12px", *, round_: bool = False) -> rx.Component:
    """A grey bar where a word will be."""
    style = {"width": width, "height": height, "borderRadius": "50%"} if round_ else {"width": width, "height": height}
    return rx.el.span(class_name="skeleton", style=style, custom_attrs={"aria-hidden": "true"})


def empty(title: Text, text: Text, step: rx.Component | None = None, *, mark: IconName = "inbox") -> rx.Component:
    """The face of a list with nothing in it: what would fill it, and the step that does."""
    return _face(title, text, step, mark, "quiet", "status")


def broken(title: Text, text: Text, step: rx.Component | None = None, *, mark: IconName = "alert") -> rx.Component:
    """The face of a list that failed: what happened and what to do."""
    return _face(title, text, step, mark, "bad", "alert")


def _face(title: Text, text: Text, step: rx.Component | None, mark: IconName, tone: str, role: Any) -> rx.Component:
    """Lay out a face."""
    return rx.el.div(
        rx.el.span(icon(mark, size="l"), class_name="face-mark"),
        rx.el.h3(title),
        rx.el.p(text),
        step or rx.fragment(),
        class_name="face",
        role=role,
        custom_attrs={"data-tone": tone},
    )
