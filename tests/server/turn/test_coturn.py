"""What coturn itself does with credentials that have ended: why orders and its user database are needed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from server.database.turn_users import TurnUsers
from tests.instances.coturn import Turn
from tests.server.turn.people import UNKNOWN, asks_anew, policy, sender


async def test_expired_credentials_keep_an_allocation_and_open_none(coturn: Turn) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    [server] = policy(coturn).servers(uuid4(), now=now - timedelta(seconds=118.5))

    async with sender(coturn, server) as aino:
        while await asks_anew(coturn, server) == 0:
            assert await aino.carries()

        assert await aino.client.refresh() == 0
        assert await aino.carries()


async def test_deleted_users_keep_an_allocation_and_open_none(coturn_with_users: Turn) -> None:
    users = TurnUsers(coturn_with_users.database, coturn_with_users.realm)
    [server] = policy(coturn_with_users).servers(uuid4(), now=datetime.now(UTC))
    await users.add(server)

    async with sender(coturn_with_users, server) as aino:
        await users.remove(lambda name: name == server.username)

        assert await asks_anew(coturn_with_users, server) == UNKNOWN
        assert await aino.client.refresh() == 0
        assert await aino.carries()
