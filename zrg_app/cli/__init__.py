"""Which commands does `./zrg` have? One module each, listed here in the order of `--help`."""

from importlib import import_module

import typer

COMMANDS = (
    "up", "dev", "test", "bench", "migrate", "seed", "workspace", "user",
    "connect", "token", "replay", "drill", "backup", "restore", "doctor", "rotate_key", "where",
)
"""Modules of this package; each has a function `register(application)` that adds its command or group."""


def build() -> typer.Typer:
    """Return the command line with every command of COMMANDS registered."""
    application = typer.Typer(
        name="zrg",
        help="ZRG Inbox: one inbox for every reply to your outreach.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name in COMMANDS:
        import_module(f"zrg_app.cli.{name}").register(application)
    return application
