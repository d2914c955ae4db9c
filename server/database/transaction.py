"""How a transaction of its own begins: it ends with the stack that it is put on."""

from contextlib import AsyncExitStack

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.database.refused import while_opening


async def begun(stack: AsyncExitStack, engine: AsyncEngine) -> AsyncConnection:
    """Begin one. Raises Contended and DatabaseAway."""
    with while_opening():
        return await stack.enter_async_context(engine.begin())
