"""Where does the list of keys stand? It is drawn from the table that acts, `assets/js/keys.js`, when it opens."""

import reflex as rx

from zrg_app import ui


def keys_dialog() -> rx.Component:
    """Draw the dialog that `?` opens."""
    return ui.dialog("keys", "Keys", rx.el.div(class_name="keys-list", custom_attrs={"data-keys-list": "true", "tabIndex": 0}))
