"""`kohtaamo keys`: our own keys towards brokers of the Finnish Trust Network."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

import click

from identity.oidc.federation import RelyingParty, entity_statement
from identity.oidc.key_rotation import CannotYet, publish, retire
from identity.oidc.key_text import NotAKey, from_pem
from identity.oidc.own_key import KeyState, KeyUse, OwnKey, OwnKeys, made_key
from server.commands.key_words import next_step, table
from server.house import House, open_house
from server.own_keys import KeyFolder, known_as
from server.settings import BadSettings, read_settings


class Step(Protocol):
    """Publishing or retiring, as the rules of rotation have it."""

    def __call__(self, keys: OwnKeys, key: OwnKey, *, now: datetime, in_haste: bool) -> OwnKey: ...


@dataclass(frozen=True, slots=True)
class Keys:
    """The folder and the moment of one command, and who we are to brokers."""

    folder: KeyFolder
    now: datetime
    us: RelyingParty

    def all(self) -> OwnKeys:
        return self.folder()

    def one(self, beginning: str) -> OwnKey:
        """Raises BadSettings unless exactly one key's id begins so."""
        found = list(self.all().find(beginning))
        if len(found) != 1:
            raise BadSettings(f"{len(found) or 'no'} keys begin with {beginning}; `kohtaamo keys` lists them")
        return found[0]


@click.group(invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """List our keys and what to do next; or make, publish, show and retire them.

    A key is made, published, used, retired: the rules of waiting between them keep customers from
    being turned away. `--now` breaks them, for a key that somebody else has got hold of.
    """
    ctx.obj = _opened()
    _forget_what_is_over(ctx.obj)
    if ctx.invoked_subcommand is None:
        _tell(ctx.obj)


@command.command("make")
@click.argument("uses", type=click.Choice([use.value for use in KeyUse]), nargs=-1)
@click.pass_obj
def make(keys: Keys, uses: Sequence[str]) -> None:
    """Make a key for each of USES; without any, for each that has none."""
    wanted = [KeyUse(use) for use in uses] or [use for use in KeyUse if not keys.all().of(use)]
    for use in wanted:
        key = made_key(use, now=keys.now)
        keys.folder.keep(key)
        click.echo(f"made {use} key {key.kid}")
    if not wanted:
        click.echo("There is a key for each use already; name the use to make another.")
    _tell(keys)


@command.command("take")
@click.argument("use", type=click.Choice([use.value for use in KeyUse]))
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def take(keys: Keys, use: str, file: BinaryIO) -> None:
    """Take over a private RSA key for USE from FILE (PEM): one that brokers know already."""
    try:
        key = from_pem(KeyUse(use), file.read(), now=keys.now)
    except NotAKey:
        raise BadSettings(f"{file.name} holds no private RSA key of 2048 bits or more") from None
    keys.folder.keep(key)
    click.echo(f"took {use} key {key.kid}")
    _tell(keys)


@command.command("show")
@click.pass_obj
def show(keys: Keys) -> None:
    """Print the published keys for signing and encryption as a JWK Set, for brokers that take it by hand."""
    published = keys.all().published(KeyUse.SIGNING, KeyUse.ENCRYPTION, now=keys.now)
    click.echo(json.dumps({"keys": published}, indent=2))


@command.command("statement")
@click.pass_obj
def statement(keys: Keys) -> None:
    """Print our entity statement, as the server publishes it, for brokers that want a file."""
    said = entity_statement(keys.us, keys.all(), now=keys.now)
    if said is None:
        raise BadSettings("there is no published entity key: `kohtaamo keys` says what to do")
    click.echo(said, nl=False)


@command.command("publish")
@click.argument("kid", default="")
@click.option("--now", "in_haste", is_flag=True, help="Do not wait until every process has loaded it.")
@click.pass_obj
def publish_key(keys: Keys, kid: str, in_haste: bool) -> None:
    """Show the key KID (or as much of it as is unique) to brokers; without it, all that were made."""
    made = [key for key in keys.all().keys if _state(keys, key) is KeyState.MADE]
    for key in [keys.one(kid)] if kid else made:
        keys.folder.keep(_allowed(publish, keys, key, in_haste))
        click.echo(f"published {key.use} key {key.kid}")
    _tell(keys)


@command.command("retire")
@click.argument("kid")
@click.option("--now", "in_haste", is_flag=True, help="Withdraw it this moment: somebody else has it.")
@click.pass_obj
def retire_key(keys: Keys, kid: str, in_haste: bool) -> None:
    """Put the key KID (or as much of it as is unique) out of use; its file goes when nobody needs it."""
    key = keys.one(kid)
    keys.folder.keep(_allowed(retire, keys, key, in_haste))
    click.echo(f"retired {key.use} key {key.kid}")
    _tell(keys)


def _allowed(step: Step, keys: Keys, key: OwnKey, in_haste: bool) -> OwnKey:
    try:
        return step(keys.all(), key, now=keys.now, in_haste=in_haste)
    except CannotYet as early:
        until = f"; possible from {early.at:%Y-%m-%d %H:%M} UTC, or with --now" if early.at else ""
        raise BadSettings(f"{key.use} key {key.kid[:8]}: {early}{until}") from None


def _forget_what_is_over(keys: Keys) -> None:
    for key in keys.all().keys:
        if key.is_over(keys.now):
            keys.folder.remove(key)
            click.echo(f"removed {key.use} key {key.kid}: nobody needs it any more")


def _tell(keys: Keys) -> None:
    found = keys.all()
    for line in table(found, now=keys.now):
        click.echo(line)
    click.echo(next_step(found, now=keys.now))


def _state(keys: Keys, key: OwnKey) -> KeyState:
    return keys.all().state(key, now=keys.now)


def _opened() -> Keys:
    house: House = open_house(read_settings())
    try:
        return Keys(KeyFolder(house.settings.data), house.clock(), known_as(house.site))
    finally:
        asyncio.run(house.units.close())
