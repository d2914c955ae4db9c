"""`kohtaamo keys` makes, publishes and retires; a running server sees it, and nobody else reads the files."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc.jwk import RSAKey

from identity.oidc.federation import Published
from identity.oidc.own_key import KeyUse, OwnKey, OwnKeys, made_key
from server.cli import kohtaamo
from server.commands.key_words import next_step
from server.house import site_of
from server.own_keys import FOLDER, KeyFolder, known_as
from server.settings import BadSettings, Mode, Settings

PUBLIC_PEM = (
    generate_private_key(65537, 2048)
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
)
SMALL_PEM = generate_private_key(65537, 1024).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


class Installation:
    """A data folder and a clock that can be turned."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.turn(timedelta(0))

    def turn(self, later: timedelta) -> None:
        self.later = later
        (self.data / "clock").write_text(str(later.total_seconds()))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    def says(self, *arguments: str) -> str:
        result = CliRunner().invoke(kohtaamo, ["keys", *arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    def makes(self, *uses: KeyUse) -> None:
        """Make small keys, which takes less time than the command's; those it makes itself in one test."""
        for use in uses or tuple(KeyUse):
            KeyFolder(self.data).keep(made_key(use, now=self.now(), bits=2048))

    def kid(self, use: KeyUse, place: int = 0) -> str:
        return KeyFolder(self.data)().of(use)[place].kid


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    for name, value in {"MODE": "demo", "DATA": str(tmp_path), "CLOCK_FILE": str(tmp_path / "clock")}.items():
        monkeypatch.setenv(f"KOHTAAMO_{name}", value)
    return Installation(tmp_path)


def test_keys_are_made_and_published_and_the_command_says_what_comes_next(installation: Installation) -> None:
    assert "There are no keys yet." in installation.says()
    assert "`kohtaamo keys publish" in installation.says("make")

    told = installation.says("publish")

    assert told.splitlines()[-1] == "Nothing to do."
    assert [line.split()[0] for line in told.splitlines()[-4:-1]] == ["entity", "signing", "encryption"]
    assert all("used" in line for line in told.splitlines()[-4:-1])


def test_the_files_are_for_this_user_alone(installation: Installation) -> None:
    installation.makes()

    files = list((installation.data / FOLDER).iterdir())

    assert len(files) == 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (installation.data / FOLDER).stat().st_mode & 0o777 == 0o700


def test_no_private_member_of_a_key_is_ever_printed(installation: Installation) -> None:
    installation.makes()
    told = installation.says() + installation.says("publish")

    private = [str(key.key.as_dict(private=True)["d"]) for key in KeyFolder(installation.data)().keys]

    assert len(private) == 3
    assert not any(secret in told for secret in private)


def test_a_running_server_sees_what_the_command_did(installation: Installation) -> None:
    running = KeyFolder(installation.data)
    assert running().keys == ()

    installation.makes()
    assert running().used(KeyUse.SIGNING, now=installation.now()) is None
    assert len(running().decrypting(now=installation.now())) == 1

    installation.says("publish")
    assert running().used(KeyUse.SIGNING, now=installation.now()) is not None
    assert running() is running()  # and reads no file again


def test_a_signing_key_is_succeeded_in_two_days_and_its_file_goes_in_the_end(
    installation: Installation,
) -> None:
    installation.makes()
    installation.says("publish")
    old = installation.kid(KeyUse.SIGNING)
    installation.makes(KeyUse.SIGNING)
    new = installation.kid(KeyUse.SIGNING, 1)

    assert "Wait: brokers know the new signing key from" in installation.says("publish", new)
    with pytest.raises(BadSettings, match="brokers may not know the one that follows it yet; possible from"):
        installation.says("retire", old)
    installation.turn(timedelta(hours=25))
    assert f"`kohtaamo keys retire {old[:8]}`" in installation.says()
    assert "retiring" in installation.says("retire", old[:10])
    installation.turn(timedelta(hours=50))
    assert f"removed signing key {old}" in installation.says()

    assert [key.kid for key in KeyFolder(installation.data)().of(KeyUse.SIGNING)] == [new]
    assert not (installation.data / FOLDER / f"signing-{old}.json").exists()


def test_haste_breaks_the_rules_of_waiting(installation: Installation) -> None:
    installation.makes()
    installation.says("publish")
    old = installation.kid(KeyUse.SIGNING)
    installation.makes(KeyUse.SIGNING)
    installation.says("publish")

    installation.says("retire", old, "--now")

    used = KeyFolder(installation.data)().used(KeyUse.SIGNING, now=installation.now())
    assert used is not None
    assert used.kid != old


def test_a_year_old_key_asks_for_its_successor(installation: Installation) -> None:
    installation.makes()
    installation.says("publish")
    installation.turn(timedelta(days=366))

    assert "the entity key is a year old; `kohtaamo keys make entity`" in installation.says()


def test_a_file_that_others_may_read_is_told_and_so_is_one_that_holds_no_key(
    installation: Installation,
) -> None:
    installation.makes()
    file = next((installation.data / FOLDER).iterdir())
    running = KeyFolder(installation.data)
    assert len(running().keys) == 3

    file.chmod(0o644)
    with pytest.raises(BadSettings, match="may be read by others"):
        KeyFolder(installation.data)()
    file.chmod(0o600)
    file.write_text("{}")
    with pytest.raises(BadSettings, match="holds no key of ours"):
        KeyFolder(installation.data)()

    assert len(running().keys) == 3  # which goes on with what it has read


def test_an_unknown_key_is_named_in_one_sentence(installation: Installation) -> None:
    installation.makes()

    with pytest.raises(BadSettings, match="no keys begin with zz"):
        installation.says("retire", "zz")


def test_keys_that_brokers_know_already_are_taken_over_by_the_same_name(installation: Installation) -> None:
    """The key id is the thumbprint of RFC 7638, so that a key made elsewhere keeps its own."""
    private = generate_private_key(65537, 2048)
    pem = installation.data / "key.pem"
    pem.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    told = installation.says("take", "signing", str(pem))

    [key] = KeyFolder(installation.data)().keys
    assert f"took signing key {key.kid}" in told
    assert (key.use, key.published_at) == (KeyUse.SIGNING, None)
    assert private.public_key().public_numbers().n == _number(str(key.public["n"]))


@pytest.mark.parametrize("text", [b"", b"no key", PUBLIC_PEM, SMALL_PEM])
def test_what_is_no_private_key_is_not_taken(installation: Installation, text: bytes) -> None:
    (installation.data / "key.pem").write_bytes(text)

    with pytest.raises(BadSettings, match="holds no private RSA key of 2048 bits or more"):
        installation.says("take", "signing", str(installation.data / "key.pem"))

    assert KeyFolder(installation.data)().keys == ()


def test_published_keys_are_shown_as_a_broker_takes_them_by_hand(installation: Installation) -> None:
    installation.makes()
    installation.says("publish")

    shown = json.loads(installation.says("show"))

    assert [(key["use"], key["kid"]) for key in shown["keys"]] == [
        ("sig", installation.kid(KeyUse.SIGNING)),
        ("enc", installation.kid(KeyUse.ENCRYPTION)),
    ]
    assert not any({"d", "p", "q", "dp", "dq", "qi"} & set(key) for key in shown["keys"])


def test_a_command_to_type_takes_a_name_that_begins_with_a_hyphen(installation: Installation) -> None:
    """A key in 64 is named so, and commands would take its name for an option."""
    now = installation.now()
    made = (OwnKey(use=KeyUse.SIGNING, key=_key_of(2**2047 + 2 * n + 1), made_at=now) for n in count())
    named = next(key for key in made if key.kid.startswith("-"))
    others = [made_key(use, now=now, bits=2048) for use in (KeyUse.ENTITY, KeyUse.ENCRYPTION)]
    published = [replace(key, published_at=now) for key in others]

    assert f"`kohtaamo keys publish -- {named.kid[:8]}`" in next_step(OwnKeys((*published, named)), now=now)


def _key_of(modulus: int) -> RSAKey:
    n = urlsafe_b64encode(modulus.to_bytes(256, "big")).rstrip(b"=").decode()
    return RSAKey.import_key({"kty": "RSA", "n": n, "e": "AQAB"})


def test_the_entity_statement_is_printed_as_the_server_publishes_it(installation: Installation) -> None:
    assert "there is no published entity key" in refused_for(installation)
    installation.makes()
    installation.says("publish")

    printed = installation.says("statement")

    us = known_as(site_of(Settings(mode=Mode.DEMO, data=installation.data)))
    assert printed == Published(us, KeyFolder(installation.data)).statement(now=installation.now())


def refused_for(installation: Installation) -> str:
    with pytest.raises(BadSettings) as refused:
        installation.says("statement")
    return str(refused.value)


def _number(text: str) -> int:
    return int.from_bytes(urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
