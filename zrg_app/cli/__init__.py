"""Which commands does `./zrg` have? One module each, listed here in the order of `--help`."""

from importlib import import_module

import typer

COMMANDS = (
    "up", "dev", "test", "bench", "migrate", "seed", "workspace", "user",
    "connect", "token", "replay", "drill", "backup", "restore", "doctor", "rotate_key", "where",
)
"""Modules of this package; each has a function `register(application)` that adds its command or group."""


def build(asked: str = "") -> typer.Typer:
    """Return the command line: with the one command that is `asked` for, else with every command of COMMANDS.

    A command that moves a file does not wait seconds for the packages of those that understand replies.
    """
    application = typer.Typer(
        name="zrg",
        help="ZRG Inbox: one inbox for every reply to your outreach.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    application.callback()(lambda: None)  # keeps the name of the command in its usage where it is the only one
    module = asked.replace("-", "_")
    for name in (module,) if module in COMMANDS else COMMANDS:
        import_module(f"zrg_app.cli.{name}").register(application)
    return application
