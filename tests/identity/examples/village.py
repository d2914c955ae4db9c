"""The village bank on the other side of the wire, with its members' phones."""

import json
from collections.abc import Mapping

from identity.personal_code import SubjectKeys
from identity.provider import FetchFailed, ProviderContext

MEMBERS = {"12345": ("Aino", "Virtanen"), "54321": ("Louhi", "Pohjola")}


class Village:
    """Asks on phones, and tells what they answered; `asked` counts how often it was looked."""

    def __init__(self) -> None:
        self.phones: list[dict[str, str]] = []
        self.is_down = False
        self.asked = 0

    def answers(self, answer: str) -> None:
        """Act the person whose phone rang last: `yes` or `no`."""
        self.phones[-1]["answer"] = answer

    async def fetch(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        if self.is_down:
            raise FetchFailed
        sent = dict(form or {})
        return json.dumps(self._rung(sent) if url.endswith("/ask") else self._looked(sent)).encode()

    def _rung(self, sent: dict[str, str]) -> dict[str, str]:
        if sent["member"] not in MEMBERS:
            raise FetchFailed(404)
        self.phones.append({**sent, "answer": "waits"})
        return {"id": str(len(self.phones) - 1)}

    def _looked(self, sent: dict[str, str]) -> dict[str, str]:
        self.asked += 1
        if not sent["id"].isdecimal() or int(sent["id"]) >= len(self.phones):
            raise FetchFailed(404)
        phone = self.phones[int(sent["id"])]
        if phone["answer"] != "yes":
            return {"answer": phone["answer"]}
        given, family = MEMBERS[phone["member"]]
        return {"answer": "yes", "nonce": phone["nonce"], "given": given, "family": family}


def context(village: Village) -> ProviderContext:
    return ProviderContext(
        public_url="https://kohtaamo.example",
        back_channel_url="",
        is_production=True,
        subject_keys=SubjectKeys(b"k" * 32),
        fetch=village.fetch,
        settings={"URL": "https://village.example"},
    )
