"""What frames every page: the rail at the side, banners above, the place for content?"""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from zrg_app.ui.floating import toast_host
from zrg_app.ui.icon import IconName, icon
from zrg_app.ui.marks import Text


def shell(rail: rx.Component, content: rx.Component, *, banners: rx.Component | None = None) -> rx.Component:
    """Frame a page that a signed-in person sees."""
    return rx.fragment(
        rx.el.a("Skip to the content", href="#content", class_name="skip"),
        rx.el.div(rx.el.div(banners or rx.fragment(), class_name="banners"), rail, content, class_name="shell"),
        toast_host(),
    )


def rail_link(
    mark: IconName,
    word: Text,
    href: str,
    *,
    here: bool | rx.Var[bool] = False,
    number: Text | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> rx.Component:
    """One place of the rail, by its picture; its word shows on hover and is read aloud."""
    current = rx.cond(here, "page", "false") if isinstance(here, rx.Var) else ("page" if here else "false")
    badge: rx.Component = rx.fragment()
    if number is not None:
        badge = rx.el.span(number, class_name="rail-count")
        badge = rx.cond(number, badge, rx.fragment()) if isinstance(number, rx.Var) else badge
    named = {"aria-label": word, "aria-current": current, "data-tip": word, **(attributes or {})}
    return rx.el.a(icon(mark, size="l"), badge, href=href, class_name="rail-link", custom_attrs=named)


def page(title: Text, *children: rx.Component, aside: rx.Component | None = None, wide: bool = False) -> rx.Component:
    """A scrolling page with a title: settings, operations, analytics."""
    head = rx.el.header(rx.el.h1(title, class_name="grow"), aside or rx.fragment(), class_name="page-head")
    width = {"data-width": "full" if wide else "text"}
    inner = rx.el.div(head, *children, class_name="page-inner", custom_attrs=width)
    return rx.el.main(inner, id="content", class_name="page")


def gate(*children: rx.Component) -> rx.Component:
    """A page with one card in the middle: login, invitation, set-up."""
    return rx.el.main(rx.el.section(*children, class_name="card"), id="content", class_name="gate")
