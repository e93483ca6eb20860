"""What the app's server tells browsers with every answer: no other site may show it in a frame, nor guess at types.

Streamlit has no setting for this. It builds its server in one function, which is wrapped here; a test asks a running
app for the headers, so a Streamlit that is built otherwise is noticed.
"""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from streamlit.web.server.starlette import starlette_app

from graphcrm.ui.feed import CalendarFeed

HEADERS = {
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'; object-src 'none'; base-uri 'self'",
}


class SafeHeaders:
    """ASGI middleware that adds :data:`HEADERS` where an answer has none of its own."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def send_more(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_more)


def install() -> None:
    """From now on every server that Streamlit builds in this process has them, and the calendar's feed.

    To be called before it starts.
    """
    streamlit_s_own = starlette_app.create_streamlit_middleware
    starlette_app.create_streamlit_middleware = lambda: [
        Middleware(SafeHeaders),
        Middleware(CalendarFeed),
        *streamlit_s_own(),
    ]
