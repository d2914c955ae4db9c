"""npm's oidc-provider, which nobody here wrote, as the issuer at which an organisation's staff signs in."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession

from tests.instances.second_opinion import running

CLIENT_ID, CLIENT_SECRET = "kohtaamo-staff", "only for tests, the staff's issuer"


@dataclass(frozen=True, slots=True)
class StaffIssuer:
    """A running issuer, at its address."""

    address: str

    async def puts_into(self, groups: Sequence[str], *, who: str) -> None:
        """Let somebody be in these groups and no others from now on."""
        person = {"id": who, "preferred_username": who, "groups": list(groups)}
        async with ClientSession() as session, session.post(f"{self.address}/person", json=person) as told:
            assert told.status == 200


@asynccontextmanager
async def staff_issuer(redirect_uri: str, people: Mapping[str, Sequence[str]]) -> AsyncIterator[StaffIssuer]:
    """Start it with people by their login, each with their groups, and stop it afterwards."""
    settings = {
        "clientId": CLIENT_ID,
        "clientSecret": CLIENT_SECRET,
        "redirectUri": redirect_uri,
        "people": {
            who: {"preferred_username": who, "groups": list(groups)} for who, groups in people.items()
        },
    }
    async with running("issuer.js", settings) as address:
        yield StaffIssuer(address)
