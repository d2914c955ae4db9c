"""The bare relay: aiohttp, JSON read and made, everything to the others of a room; and the bare pages."""

import asyncio
import json
import sys
from collections import defaultdict
from pathlib import Path

from aiohttp import WSMsgType, web

CALL = Path(__file__).with_name("call.html")
Rooms = defaultdict[str, set[web.WebSocketResponse]]
PICTURES = web.AppKey("pictures", Path)
ROOMS: web.AppKey[Rooms] = web.AppKey("rooms", defaultdict)


async def relay(request: web.Request) -> web.StreamResponse:
    """Pass on what one says to all others of the room."""
    socket = web.WebSocketResponse(compress=False)
    await socket.prepare(request)
    room = request.app[ROOMS][request.match_info["room"]]
    room.add(socket)
    try:
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            text = json.dumps(json.loads(frame.data), separators=(",", ":"))
            for other in room:
                if other is not socket:
                    await other.send_str(text)
    finally:
        room.discard(socket)
    return socket


async def call(_: web.Request) -> web.StreamResponse:
    return web.Response(
        body=CALL.read_bytes(), content_type="text/html", headers={"Cache-Control": "no-store"}
    )


async def picture(request: web.Request) -> web.StreamResponse:
    return web.FileResponse(request.app[PICTURES] / request.match_info["name"])


async def serve(pictures: Path) -> None:
    """Serve on a free port, say which, and stop when the one who started this closes our input."""
    app = web.Application()
    app[PICTURES] = pictures
    rooms: Rooms = defaultdict(set)
    app[ROOMS] = rooms
    app.add_routes(
        [web.get("/call", call), web.get("/relay/{room}", relay), web.get("/pictures/{name}", picture)]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
