"""``GET /calendar-feed/ID/SECRET.ics``: the calendar for calendar programs, beside the app on the same port (C2.4).

Streamlit has no setting for routes when it is started by its command line; its server is built in one function, which
:mod:`graphcrm.ui.headers` wraps, and this stands before it. docs/decisions/calendar-feed.md tells why.
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from graphcrm.bootstrap import open_app
from graphcrm.config import load_settings
from graphcrm.errors import GraphcrmError, NotFound
from graphcrm.services.calendar_feed import feed

PATH = re.compile(r"/calendar-feed/(?P<name>[0-9a-f]{1,32})/(?P<secret>[A-Za-z0-9_-]{1,128})\.ics")
PRIVATE = {"Cache-Control": "private, no-store"}
log = logging.getLogger("graphcrm.ui")


class CalendarFeed:
    """ASGI middleware that answers the feed's addresses and passes all else on."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not path.startswith("/calendar-feed/"):
            await self._app(scope, receive, send)
            return
        wanted = PATH.fullmatch(path) if scope["method"] in ("GET", "HEAD") else None
        answer = await run_in_threadpool(_answer, wanted["name"], wanted["secret"]) if wanted else _nothing()
        await answer(scope, receive, send)


def _nothing() -> Response:
    return Response("Not found.", 404, PRIVATE, "text/plain")


def _answer(name: str, secret: str) -> Response:
    """The feed; the same answer for a wrong address and a wrong secret. The secret is never logged."""
    from graphcrm.ui.components.calendar import as_ics

    try:
        with open_app(load_settings()) as opened:
            found = feed(opened.database, name, secret, today=opened.today())
        return Response(as_ics(found, datetime.now(UTC)), 200, PRIVATE, "text/calendar; charset=utf-8")
    except NotFound:
        return _nothing()
    except GraphcrmError as error:
        log.warning("the calendar feed could not be read: %s", type(error).__name__)
        return Response("Try again later.", 503, {**PRIVATE, "Retry-After": "300"}, "text/plain")
