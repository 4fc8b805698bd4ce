"""How does a test look at a page? A state tree with the headers and the address a websocket would bring."""

from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

import reflex as rx

from zrg_app.kit import db
from zrg_app.kit.scope import system
from zrg_app.services import access

State = TypeVar("State", bound=rx.State)
HOST = "inbox.example"


def signed_in(user_id: UUID) -> str:
    """A fresh session token of a person."""
    with db.transaction(system("sign in for a test")) as tx:
        return access.open_session(tx, user_id)


def panel(state_class: type[State], *, token: str = "", url: str = "/", origin: str = f"https://{HOST}",
          root: rx.State | None = None) -> State:
    """The panel as a browser with this cookie would have it after opening `url`; pass `root` to come back to a tab."""
    root = root or rx.State(_reflex_internal_init=True)
    parts = urlsplit(url)
    data = {"headers": {"cookie": f"theme=dark; zrg_session={token}" if token else "", "origin": origin, "host": HOST},
            "asPath": url, "pathname": parts.path, "query": {}}
    root.router_data = root._update_router_vars(data, root.router_data)
    return root.get_substate(state_class.get_full_name().split("."))
