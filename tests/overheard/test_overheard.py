"""A run in which a secret was logged fails, and says where it stands and of what kind, not what it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.overheard.ear import Ear
from tests.overheard.patterns import shapes_in

ROOT = Path(__file__).parents[2]
STATE = "Zx3kanariaKanariaKanaria_0123456789"
LOGS_IT = f"""
import structlog
from aiohttp import ClientSession, web
from tests.overheard.ear import EAR

def test_quiet(): print("nothing of interest")

async def test_talkative(aiohttp_server):
    async def answer(request): raise web.HTTPFound("/there?state={STATE}")
    async def there(request): return web.Response(text="here")
    app = web.Application()
    app.add_routes([web.get("/", answer), web.get("/there", there)])
    server = await aiohttp_server(app)
    async with ClientSession() as session, session.get(server.make_url("/")) as shown:
        await shown.text()
    structlog.get_logger().info("identified", by="{{said}}")
"""


def run(folder: Path, said: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """Run a suite of two tests, of which one logs something."""
    (folder / "test_little.py").write_text(LOGS_IT.replace("{said}", said))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.overheard.plugin", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": "", "TMPDIR": str(folder)}
    settings = ["-o", "asyncio_mode=auto", "--rootdir", str(folder), *options, "."]
    return subprocess.run(
        [*command, *settings], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "by two workers"])
def test_a_run_that_logs_a_state_fails_and_names_file_line_and_kind(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = run(tmp_path, STATE, *options)

    assert "2 passed" in done.stdout, done.stdout + done.stderr
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("overheard a secret: ")]
    place, _, rest = told.removeprefix("overheard a secret: ").partition(": ")
    assert rest == "state, in Captured stdout call (test_little.py::test_talkative)"
    assert STATE not in done.stdout
    file, _, number = place.rpartition(":")
    assert STATE in Path(file).read_text().splitlines()[int(number) - 1]


def test_a_run_that_logs_none_passes_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = run(tmp_path, "the demo bank")

    assert done.returncode == pytest.ExitCode.OK, done.stdout + done.stderr
    assert "1 secrets sought" in done.stdout
    assert list(tmp_path.glob("kohtaamo-overheard-*")) == []


def test_a_secret_of_the_house_is_sought_on_error_pages_too_and_ones_own_in_logs_alone() -> None:
    ear = Ear(test="here")
    ear.plant("ticket", "kanarianLippu4711kanaria")
    ear.plant_of_house("turn secret", "kanarian salaisuus, 32 merkkiä")
    for hear in (ear.hear_page, ear.hear_log):
        hear("them", "a ticket kanarianLippu4711kanaria\nand kanarian salaisuus, 32 merkkiä")

    found = [(leak.place.rpartition(":")[2], leak.kind) for leak in ear.leaks()]
    ear.forget()

    assert found == [("2", "turn secret"), ("3", "ticket"), ("4", "turn secret")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("assertion eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln", "JWT"),
        ("GET /cb?state=abcdefghijklmnopqrstuvwxyz", "state, nonce or code of an identification"),
        ('{"nonce": "abcdefghijklmnopqrstuvwxyz"}', "state, nonce or code of an identification"),
        ("Cookie: __Host-door=abcdefghijklmnopqrst", "cookie"),
        ("1795100000:0b8f3c1d", "TURN credential"),
        ('{"credential":"q3J5bW9yc2VjcmV0IGhlcmU="}', "TURN credential"),
        ("whose is 010170-999R", "personal identity code"),
        ("GET /a/abcdefghijklmnopqrstuv", "personal link"),
        ("Authorization: Bearer abcdefghijklmnopqrst", "bearer token"),
        ("whsec_abcdefghijklmnopqrstuvwxyz", "webhook secret"),
    ],
)
def test_what_looks_like_a_secret_is_known_without_being_planted(text: str, kind: str) -> None:
    assert shapes_in(text, is_page=False) == {kind}
    assert shapes_in("a look at the day, 42 ms", is_page=False) == set()
