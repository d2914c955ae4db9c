"""The instances that tests start for themselves are real ones."""

import base64
import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import aiosmtplib
from aiortc import RTCConfiguration, RTCIceServer, RTCPeerConnection
from playwright.async_api import BrowserContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.instances.browser import NewContext
from tests.instances.coturn import Turn
from tests.instances.firefox import NewFirefox
from tests.instances.smtp import Mailbox


async def test_database_is_fresh_each_time(fresh_postgres: Callable[[], Awaitable[str]]) -> None:
    first, second = create_async_engine(await fresh_postgres()), create_async_engine(await fresh_postgres())
    async with first.begin() as connection:
        await connection.execute(text("CREATE TABLE seen (id int)"))

    async with second.connect() as connection:
        found = await connection.scalar(text("SELECT count(*) FROM pg_tables WHERE tablename = 'seen'"))

    await first.dispose()
    await second.dispose()
    assert found == 0


async def test_chromium_has_a_camera_and_a_microphone(new_context: NewContext) -> None:
    assert await devices_of(await new_context()) == ["audio", "video"]


async def test_firefox_has_a_camera_and_a_microphone(new_firefox: NewFirefox) -> None:
    assert await devices_of(await new_firefox()) == ["audio", "video"]


async def devices_of(context: BrowserContext) -> list[str]:
    page = await context.new_page()
    await page.route("**/*", lambda route: route.fulfill(body="<title>x</title>", content_type="text/html"))
    await page.goto("http://localhost/")
    kinds = await page.evaluate(
        "navigator.mediaDevices.getUserMedia({audio: true, video: true})"
        ".then(stream => stream.getTracks().map(track => track.kind))"
    )
    return sorted(kinds)


async def test_mail_arrives_whole(mailbox: Mailbox) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@kohtaamo.test", "aino@example.fi", "Hyvää päivää"
    message.set_content("Nähdään.")

    await aiosmtplib.send(message, hostname="127.0.0.1", port=mailbox.port)

    [mail] = await mailbox.until("aino@example.fi")
    assert (mail.message["Subject"], mail.message.get_content().strip()) == ("Hyvää päivää", "Nähdään.")


async def test_relay_serves_who_has_credentials(coturn: Turn) -> None:
    user = f"{int(time.time()) + 60}:aino"
    password = base64.b64encode(hmac.digest(coturn.secret.encode(), user.encode(), hashlib.sha1)).decode()
    server = RTCIceServer(urls=list(coturn.urls[:1]), username=user, credential=password)
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[server]))
    peer.createDataChannel("probe")

    await peer.setLocalDescription(await peer.createOffer())

    candidates = [line for line in peer.localDescription.sdp.splitlines() if "typ relay" in line]
    await peer.close()
    assert candidates
