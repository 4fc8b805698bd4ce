"""Which stylesheets, scripts and head lines does every page load?"""

from typing import Any

import reflex as rx

STYLESHEETS: tuple[str, ...] = (
    "/css/tokens.css",
    "/css/base.css",
    "/css/components.css",
    "/css/windows.css",
    "/css/shell.css",
    "/css/inbox.css",
    "/css/composer.css",
    "/css/settings.css",
    "/css/operations.css",
    "/css/people.css",
    "/css/lead.css",
    "/css/ai.css",
    "/css/auto-send.css",
    "/css/presence.css",
    "/css/thread.css",
    "/css/bell.css",
    "/css/views.css",
    "/css/palette.css",
    "/css/choosing.css",
)
SCRIPTS: tuple[str, ...] = ("/js/floating.js", "/js/moments.js", "/js/composer.js", "/js/rows.js", "/js/choosing.js", "/js/reading.js",
                            "/js/keys.js", "/js/kept_words.js", "/js/writing.js", "/js/snippets.js", "/js/offering.js",
                            "/js/recipients.js", "/js/edits.js", "/js/keyboard.js", "/js/palette.js", "/js/settings.js", "/js/sync.js",
                            "/js/knowledge.js", "/js/auto_send.js", "/js/lead.js", "/js/presence.js", "/js/line.js",
                            "/js/meanwhile.js", "/js/thread.js", "/js/mentions.js", "/js/bell.js", "/js/preview.js", "/js/views.js",
                            "/js/found.js", "/js/held.js", "/js/version.js")


def head_components() -> list[rx.Component]:
    """Give the head lines for `rx.App(head_components=...)`: viewport, colour scheme, mark, our scripts."""
    scripts = [rx.el.script(src=src, custom_attrs={"defer": True}) for src in SCRIPTS]
    return [
        rx.el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        rx.el.meta(name="color-scheme", content="light dark"),
        rx.el.link(rel="icon", href="/mark.svg", type="image/svg+xml"),
        *scripts,
    ]


def new_app(**options: Any) -> rx.App:
    """Make the Reflex app in our look: no Radix, no toast library, our own banner instead of the connection pulse."""
    app = rx.App(stylesheets=list(STYLESHEETS), head_components=head_components(), html_lang="en", toaster=None, **options)
    app.app_wraps.pop((5, "Overlay"), None)
    return app
