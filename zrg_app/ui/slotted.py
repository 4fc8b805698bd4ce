"""How does a page loop over rows that sit in slots, a variable each (`zrg_app.state.inbox.slots`)?"""

import reflex as rx


def slotted(order: rx.Var, name: str, kind: type) -> rx.Var:
    """The rows of the slots `name_*` in the order that the variable `order` of the same state gives, for `rx.foreach`."""
    state = str(order).rpartition(".")[0]
    mark = str(order).rpartition(".")[2].removeprefix("order")
    rows = f'{order}.map((slot) => {state}[`{name}_${{slot}}{mark}`]).filter(Boolean)'
    return rx.Var(_js_expr=rows, _var_type=tuple[kind, ...], _var_data=order._get_all_var_data()).guess_type()
