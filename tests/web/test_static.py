"""Scripts, styles and pictures: versioned, compressed, kept by browsers for ever."""

import gzip
from pathlib import Path
from subprocess import CalledProcessError

import pytest
from aiohttp import web

from tests.web.house import House, house
from web.bundle import bundled
from web.keys import ASSETS
from web.pages.assets import ROUTES
from web.static import AWAITED, STATIC, Assets

LARGE = b"\0asm" + bytes(600_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in {
        "css/00-tokens.css": b":root { --ink: black }",
        "css/10-page.css": b"main { color: var(--ink) }",
        "js/meeting/main.js": b"export {}\n" * 100,
        "vendor/blur.wasm": LARGE,
        "img/.hidden.svg~": b"left over",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(content)
    return tmp_path


def with_assets(app: web.Application, folder: Path) -> None:
    app[ASSETS] = Assets(folder, awaited=())
    app.router.add_routes(ROUTES)


async def got(front: House, address: str) -> tuple[int, str, str, bytes]:
    async with front.client.get(front.url(address)) as answer:
        return (
            answer.status,
            answer.headers["Content-Type"],
            answer.headers["Cache-Control"],
            await answer.read(),
        )


async def test_an_asset_is_kept_for_ever_under_its_version(folder: Path) -> None:
    assets = Assets(folder, awaited=())
    async with house(prepare=lambda app: with_assets(app, folder)) as front:
        script = await got(front, assets.address("js/meeting/main.js"))
        large = await got(front, assets.address("vendor/blur.wasm"))
        older = await got(front, "/static/000000000000/js/meeting/main.js")

    for_ever = "public, max-age=31536000, immutable"
    assert script == (200, "text/javascript; charset=utf-8", for_ever, b"export {}\n" * 100)
    assert large == (200, "application/wasm", for_ever, LARGE)
    assert older[:3] == (200, "text/javascript; charset=utf-8", "no-cache")


async def test_components_become_one_sheet_in_order(folder: Path) -> None:
    async with house(prepare=lambda app: with_assets(app, folder)) as front:
        sheet = await got(front, Assets(folder, awaited=()).address("app.css"))

    assert sheet[3] == b":root { --ink: black }\nmain { color: var(--ink) }"


def test_text_is_compressed_once(folder: Path) -> None:
    script = Assets(folder, awaited=()).find("js/meeting/main.js")

    assert script is not None
    assert script.gzipped is not None
    assert gzip.decompress(script.gzipped) == script.plain


@pytest.mark.parametrize(
    "path",
    [
        "../keys.py",
        "%2e%2e/keys.py",
        "js/../../keys.py",
        "js",
        "js/",
        "img/.hidden.svg~",
        "nothing.js",
        "%00.js",
    ],
)
async def test_nothing_else_is_served(folder: Path, path: str) -> None:
    async with house(prepare=lambda app: with_assets(app, folder)) as front:
        status = (await front.client.get(front.url("/static/000000000000/") + path)).status

    assert status == 404


def test_a_change_makes_another_version(folder: Path) -> None:
    before = Assets(folder, awaited=()).version

    (folder / "css" / "10-page.css").write_text("main { color: blue }")

    assert Assets(folder, awaited=()).version != before


def test_a_script_is_told_with_all_that_it_imports(tmp_path: Path) -> None:
    for name, content in {
        "meeting/main.js": 'import { Peer } from "./peer.js";\nimport { p } from "../documents/papers.js";\n',
        "meeting/peer.js": '/** @typedef {import("./types.js").P} P */\nexport { log } from "./log.js";\n',
        "meeting/log.js": 'import"./peer.js";import{b as a}from"./packed.js";c=()=>import("./late.js");\n',
        "meeting/packed.js": "export const b = 1;\n",
        "meeting/late.js": "export const late = 1;\n",
        "meeting/types.js": "export {};\n",
        "documents/papers.js": "export const p = 1;\n",
    }.items():
        path = tmp_path / "js" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(content)
    assets = Assets(tmp_path, awaited=())

    told = assets.modules("js/meeting/main.js")

    names = (
        "js/meeting/main.js",
        "js/meeting/peer.js",
        "js/documents/papers.js",
        "js/meeting/log.js",
        "js/meeting/packed.js",
    )
    assert told == tuple(assets.address(name) for name in names)


def test_scripts_that_people_wait_for_come_in_few_files() -> None:
    whole, each = Assets(), Assets(awaited=())

    for script in AWAITED:
        files = [whole.find(address.partition(f"{whole.version}/")[2]) for address in whole.modules(script)]
        names = {path.name for path in (STATIC / script).parent.glob("*.js")}
        assert len(files) == 1 < len(names) < len(each.modules(script))
        assert b"the page lacks #" in b"".join(found.plain or b"" for found in files if found)
    assert whole.find("js/meeting/peer.js") == each.find("js/meeting/peer.js")
    assert whole.version != each.version


def test_what_is_imported_later_finds_its_place_from_a_bundle_too() -> None:
    places = bundled(STATIC, AWAITED)

    assert {path.count("/") for path in places} == {AWAITED[0].count("/")}
    assert any(b"import.meta.url" in content for content in places.values())


def test_without_the_bundler_scripts_come_one_by_one(tmp_path: Path) -> None:
    assert bundled(STATIC, AWAITED, modules=tmp_path) == {}


def test_a_broken_script_stops_the_start(folder: Path) -> None:
    (folder / "js/meeting/main.js").write_text("import { no } from './nowhere.js';")

    with pytest.raises(CalledProcessError):
        Assets(folder, awaited=("js/meeting/main.js",))
