"""The browser's own rules without a browser: a module of ours, run by Node.js as it stands."""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE
from typing import Any

import pytest

from web.static import STATIC


def script_address(path: str) -> str:
    """Write where a script of ours lies, as JavaScript for `import()`; `path` is below `static/js/`."""
    return json.dumps((STATIC / "js" / path).as_uri())


async def printed(script: str) -> Any:
    """Run a script as a module, and return the JSON that it prints. Fails with what went wrong in it."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed: apt-get install nodejs")
    process = await asyncio.create_subprocess_exec(
        node, "--input-type=module", "-e", script, stdout=PIPE, stderr=PIPE
    )
    said, wrong = await process.communicate()
    assert process.returncode == 0, wrong.decode()
    return json.loads(said)
