"""Our scripts, styles and pictures under one version hash, kept in memory and compressed at the start."""

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from types import MappingProxyType

from web.bundle import bundled

STATIC = Path(__file__).parent / "static"
PACKAGES: Mapping[str, Path] = MappingProxyType(
    {
        "vendor/selfie_segmentation": Path(__file__).parent / "node_modules/@mediapipe/selfie_segmentation",
    }
)
"""What comes by npm; where it did not come, the product does without."""

AWAITED = ("js/meeting/main.js",)
"""What two people wait for before they see each other."""

STYLES = "css"
STYLE_SHEET = "app.css"
LARGEST_IN_MEMORY = 512 * 1024
IMPORTED = re.compile(r"""(?:^|;)(?:import|export)\b[^"'();]*["'](\.[^"']+)["']""", re.MULTILINE)
"""What a module imports at once, in a line of its own or packed; not by a later `import()`."""

# aiohttp and Debian know too few of these (.webp, .woff2 and .ics became application/octet-stream).
TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".webp": "image/webp",
        ".ico": "image/x-icon",
        ".woff2": "font/woff2",
        ".wasm": "application/wasm",
        ".tflite": "application/octet-stream",
        ".binarypb": "application/octet-stream",
        ".data": "application/octet-stream",
        ".txt": "text/plain; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".mp3": "audio/mpeg",
        ".wav": "audio/wav",
        ".pdf": "application/pdf",
    }
)
COMPRESSED = frozenset({".css", ".js", ".mjs", ".json", ".svg", ".txt", ".webmanifest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file to serve: its bytes, or where they lie when they are many."""

    content_type: str
    plain: bytes | None = None
    gzipped: bytes | None = None
    path: Path | None = None


class Assets:
    """All that stands under static/, read once; a change needs a new start."""

    def __init__(
        self,
        folder: Path = STATIC,
        packages: Mapping[str, Path] = PACKAGES,
        awaited: Sequence[str] = AWAITED,
    ) -> None:
        files = _files(folder) | {
            f"{name}/{path}": found
            for name, package in packages.items()
            for path, found in _files(package).items()
            if path != "package.json"
        }
        self._found = {name: _asset(path) for name, path in files.items()}
        self._found |= {name: _held(".js", content) for name, content in bundled(folder, awaited).items()}
        self._found[STYLE_SHEET] = _held(".css", _style_sheet(folder))
        self.version = _version(self._found)
        self._modules: dict[str, tuple[str, ...]] = {}

    def address(self, path: str) -> str:
        """Return where a browser gets it; the folder bears the version, so that relative imports keep it."""
        return f"/static/{self.version}/{path}"

    def find(self, path: str) -> Asset | None:
        return self._found.get(path)

    def modules(self, path: str) -> tuple[str, ...]:
        """Return the addresses of a script and of all that it imports, for a browser to fetch at once.

        Without it a browser learns of each level of imports when it has read the one above.
        """
        if path not in self._modules:
            self._modules[path] = self._modules_of(path)
        return self._modules[path]

    def _modules_of(self, path: str) -> tuple[str, ...]:
        found: list[str] = []
        ahead = [path]
        while ahead:
            name = ahead.pop(0)
            asset = self._found.get(name)
            if name not in found and asset is not None and asset.plain is not None:
                found.append(name)
                inner = IMPORTED.findall(asset.plain.decode())
                ahead += [normpath(join(dirname(name), each)) for each in inner]
        return tuple(self.address(name) for name in found)


def _files(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in TYPES
    }


def _asset(path: Path) -> Asset:
    if path.stat().st_size > LARGEST_IN_MEMORY:
        return Asset(content_type=TYPES[path.suffix], path=path)
    return _held(path.suffix, path.read_bytes())


def _held(suffix: str, content: bytes) -> Asset:
    gzipped = gzip.compress(content, 6, mtime=0) if suffix in COMPRESSED else None
    return Asset(content_type=TYPES[suffix], plain=content, gzipped=gzipped)


def _style_sheet(folder: Path) -> bytes:
    """Join the components in the order of their names: `00-tokens.css` first."""
    return b"\n".join(path.read_bytes() for path in sorted((folder / STYLES).glob("*.css")))


def _version(found: Mapping[str, Asset]) -> str:
    digest = sha256()
    for name, asset in sorted(found.items()):
        digest.update(name.encode() + b"\0")
        digest.update(asset.plain if asset.plain is not None else _large(asset.path))
    return digest.hexdigest()[:12]


def _large(path: Path | None) -> bytes:
    """Large files come by package, pinned by a lock file: name and size tell versions apart."""
    return str(path.stat().st_size if path else 0).encode()
