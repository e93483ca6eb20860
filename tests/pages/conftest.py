"""Pages without a browser: the real frame and the real services in Streamlit's AppTest.

Fixtures:
    page_environment: leads the app to the run's database, emptied.
    open_page: ``open_page("client", client="client-1", language="ru")`` opens a page by its address.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from graphcrm.database.connection import Database
from graphcrm.ui.places import ADDRESSES

APP = Path(__file__).parents[2] / "app.py"
CODE_OF_ADDRESS = MappingProxyType({address: name for name, address in ADDRESSES.items()})

OpenPage = Callable[..., AppTest]


def texts(at: AppTest) -> str:
    """All that the main part of the page says, in one string."""
    found = []
    for element in at.main:
        for attribute in ("label", "value", "body", "icon"):
            text = getattr(element, attribute, None)
            if isinstance(text, str):
                found.append(text)
    return "\n".join(found)


@pytest.fixture
def page_environment(database: Database, on_database: None) -> Database:
    """The app talks to the run's database, which is empty at first."""
    return database


@pytest.fixture
def open_page() -> OpenPage:
    """Opens a page by its address, as a browser would, and runs it once."""

    def open_(address: str = "clients", *, locale: str = "en-GB", timeout: float = 30, **query: str) -> AppTest:
        assert address in CODE_OF_ADDRESS
        at = AppTest.from_file(str(APP), default_timeout=timeout)
        at.context["locale"] = locale
        for name, value in query.items():
            at.query_params[name] = value
        at._page_hash = calc_hash(address)
        return at.run()

    return open_
