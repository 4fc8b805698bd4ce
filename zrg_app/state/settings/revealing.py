"""How does a secret reach the screen once, without staying in the state of the tab?"""

import json

import reflex as rx


def revealed(element_id: str, secret: str) -> rx.event.EventSpec:
    """Put `secret` into the field `element_id` of the page, straight from the answer; a reload finds nothing of it.

    State would keep it (in memory or Redis) and send it again to every reload of the tab.
    """
    # An end tag inside a string must not end a script, wherever this is written.
    quoted = json.dumps(secret).replace("<", "\\u003c")
    return rx.call_script(f"window.zrg?.settings?.reveal({json.dumps(element_id)}, {quoted})")
