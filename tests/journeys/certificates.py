"""What a customer's browser keeps in its store of certificates."""

from playwright.async_api import Page

_STORE = """
const opened = new Promise((done) => {
  const opening = indexedDB.open('certificates', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
  opening.onsuccess = () => done(opening.result);
});
const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
const kept = async () => (await opened).transaction('kept', 'readwrite').objectStore('kept');
"""
_KEYS = f"async () => {{ {_STORE} return asked((await kept()).getAllKeys()); }}"
_FORGET = f"async () => {{ {_STORE} await asked((await kept()).clear()); (await opened).close(); }}"
_ENDS_IN = f"""
async ([key, milliseconds]) => {{
  {_STORE}
  const kind = {{name: 'ECDSA', namedCurve: 'P-256', expires: milliseconds}};
  const certificate = await RTCPeerConnection.generateCertificate(kind);
  await asked((await kept()).put({{certificate, until: Date.now() + 86_400_000}}, key));
  (await opened).close();
}}
"""


async def kept_certificates(page: Page) -> list[str]:
    """Return the appointments for which there is a certificate."""
    keys: list[str] = await page.evaluate(_KEYS)
    return keys


async def forget_certificates(page: Page) -> None:
    await page.evaluate(_FORGET)


async def keep_one_that_ends(page: Page, appointment: str, *, in_minutes: int) -> None:
    """Put a certificate in the place of the appointment's that ends before the meeting can."""
    await page.evaluate(_ENDS_IN, [appointment, in_minutes * 60_000])
