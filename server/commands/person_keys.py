"""`kohtaamo person-keys`: change the keys by which customers are recognised and their codes are sealed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import click

from identity.personal_code import FIRST_VERSION
from server.commands.running import ready_database
from server.house import House, open_house
from server.person_keys import FOLDER, KeyMissing, PersonKeys, make_key, remove_key
from server.settings import read_settings

BATCH = 200

T = TypeVar("T")


@click.group()
def command() -> None:
    """Keys for what is kept of personal identity codes: `make` one, `reseal` with it, `retire` the old one.

    The keys stand in the data folder, outside the database: whoever takes the database alone learns no
    code. Keep a copy of the folder `person-keys` and of KOHTAAMO_SECRET, apart from the database's.
    """


@command.command(name="list")
def list_keys() -> None:
    """List the keys, the newest first, and how many rows each is used in."""
    for version, uses in asyncio.run(_with_house(_listed)).items():
        where = "from KOHTAAMO_SECRET" if version == FIRST_VERSION else f"{FOLDER}/{version}.key"
        click.echo(f"{version}  {where:<24}{uses} rows")


@command.command()
def make() -> None:
    """Make a new key. Running servers use it at once; run `reseal` then.

    Where several machines serve, put the new file on all of them before you reseal.
    """
    folder = open_house(read_settings()).settings.data / FOLDER
    try:
        click.echo(f"made {FOLDER}/{make_key(folder)}.key; now run `kohtaamo person-keys reseal`")
    except ValueError as wrong:
        raise click.ClickException(f"no key can be made any more: {wrong}") from None


@command.command()
@click.option("--batch", type=click.IntRange(1, 10_000), default=BATCH, help="How many people at a time.")
def reseal(batch: int) -> None:
    """Bring everybody over to the newest key, while customers come and go.

    It may be stopped at any moment, by whatever means: run it again, and it goes on.
    """
    asyncio.run(_with_house(lambda house: _reseal(house, batch)))


@command.command()
@click.argument("version", type=click.IntRange(FIRST_VERSION + 1, 255))
def retire(version: int) -> None:
    """Remove the key of this VERSION for good. Refused while a row uses it, and for the newest."""
    asyncio.run(_with_house(lambda house: _retire(house, version)))


async def _with_house(work: Callable[[House], Awaitable[T]]) -> T:
    house = open_house(read_settings())
    try:
        await ready_database(house)
        return await work(house)
    except KeyMissing as missing:
        raise click.ClickException(
            f"key {missing.version} is missing from {FOLDER}; bring it back from your copy"
        ) from None
    finally:
        await house.units.close()


async def _listed(house: House) -> Mapping[int, int]:
    async with house.units.read() as unit:
        uses = await unit.person_reseal.uses()
    return {version: uses.get(version, 0) for version in _keys(house).versions}


async def _reseal(house: House, batch: int) -> None:
    total = 0
    while done := await house.units.do(lambda unit: unit.person_reseal.batch(batch)):
        total += done
        click.echo(f"{total} people resealed")
    click.echo("everybody has the newest key")


async def _retire(house: House, version: int) -> None:
    uses, keys = await _listed(house), _keys(house)
    if version not in keys.versions:
        raise click.ClickException(f"there is no key {version}")
    if version == keys.newest:
        raise click.ClickException(f"key {version} is the newest; make another first")
    if uses[version]:
        raise click.ClickException(f"key {version} is used in {uses[version]} rows; run `reseal` first")
    remove_key(house.settings.data / FOLDER, version)
    click.echo(f"removed {FOLDER}/{version}.key")


def _keys(house: House) -> PersonKeys:
    return PersonKeys(house.settings.secret.encode(), house.settings.data / FOLDER)
