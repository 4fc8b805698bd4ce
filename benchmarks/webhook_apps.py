"""Which two endpoints are compared? Ours, and the least that keeps the same rows with the same statement."""

import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import uuid4

from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def ours() -> Starlette:
    """The doors of the product."""
    import zrg_app.services.reactions  # noqa: F401 because importing it registers the jobs
    from zrg_app.api.webhooks import ROUTES

    return Starlette(routes=ROUTES)


def minimal() -> Starlette:
    """No checks, no secrets, one workspace: JSON in, the statement under the same role in one transaction, JSON out."""
    from zrg_app.services.inbound.ledger import KEEP_WEBHOOK

    pool = AsyncConnectionPool(os.environ["DATABASE_URL"], min_size=8, max_size=8, open=False)
    workspace: list = []

    async def keep(request: Request) -> JSONResponse:
        body = await request.body()
        payload, now, event_id = json.loads(body), datetime.now(UTC), uuid4()
        async with pool.connection() as connection:
            await connection.execute("select set_config('role', 'zrg_app', true), set_config('zrg.workspace_id', %s, true)",
                                     (workspace[0],))
            await connection.execute(KEEP_WEBHOOK, {
                "id": event_id, "job_id": uuid4(), "workspace_id": workspace[0], "provider": "ghl", "event_type": "workflow",
                "dedupe_key": payload["contact_id"], "earlier_key": None, "repeats_since": None, "status": "PENDING",
                "reason": None, "body": body, "content_type": None, "now": now, "queue": "default", "tries": 8, "priority": 10,
                "identity_kind": "ghl_contact", "identity": payload["contact_id"]})
        return JSONResponse({"success": True, "eventId": str(event_id)})

    async def start() -> None:
        await pool.open(wait=True)
        async with pool.connection() as connection:
            cursor = await connection.execute("select id::text from workspace limit 1")
            workspace.append((await cursor.fetchone())[0])

    return Starlette(routes=[Route("/api/webhooks/ghl/sms", keep, methods=["POST"])], lifespan=_lifespan(start))


def _lifespan(start):  # noqa: ANN001, ANN202 because Starlette's own types are private
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def lifespan(_application: Starlette) -> AsyncIterator[None]:
        await start()
        yield

    return lifespan
