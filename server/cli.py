"""The command `kohtaamo`: each subcommand's module is imported only when it is asked for."""

import os
import sys
from importlib import import_module

import click

from server.settings import BadSettings

COMMANDS = {
    "serve": "server.commands.serve",
    "work": "server.commands.work",
    "demo": "server.commands.demo",
    "media": "server.commands.media",
    "migrate": "server.commands.migrate",
    "check": "server.commands.check",
    "bounce": "server.commands.bounce",
    "first-admin": "server.commands.first_admin",
    "api-key": "server.commands.api_key",
    "access-log": "server.commands.access_log",
    "person-keys": "server.commands.person_keys",
    "keys": "server.commands.keys",
    "dry-run": "server.commands.dry_run",
    "turn-check": "server.commands.turn_check",
}


class LazyCommands(click.Group):
    """A group that knows its commands by name, so that `serve` need not wait for what it never uses."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


@click.command(cls=LazyCommands)
def kohtaamo() -> None:
    """Video appointments: booked, reminded, identified, met, and the outcome known."""


def main() -> None:
    """Run a command; a bad setting ends it with one sentence and exit status 2.

    What it writes is for this user alone: the database holds names and addresses.
    """
    os.umask(0o077)
    try:
        kohtaamo()
    except BadSettings as bad:
        click.echo(f"kohtaamo: {bad}.", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
