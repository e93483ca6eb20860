"""The composition root: settings become an App. The only place that wires the parts together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from graphcrm.config import Settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import LocalServer
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class App:
    """What the front ends need: the settings, one database for the process, who asks, and the clock.

    Attributes:
        today: the only clock of the product; the domain takes its result as an argument.
    """

    settings: Settings
    database: Database
    viewer: Viewer = OWNER
    today: Callable[[], date] = date.today

    def close(self) -> None:
        """Close the database's connections."""
        self.database.close()

    def __enter__(self) -> App:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_app(settings: Settings) -> App:
    """Connect to the configured database, or else to the local server that runs on the data folder.

    Nothing is sent yet: a database that is down shows itself at the first question, within seconds.

    Raises:
        ConfigurationError: an address is set, but no password.
        DatabaseUnavailable: no address is set, and no local server runs.
    """
    if settings.neo4j_uri is None:
        server = LocalServer(settings)
        endpoint = server.endpoint()
        reached = connect(
            endpoint.uri,
            endpoint.username,
            endpoint.password,
            settings.neo4j_database,
            before_write=server.spare_room().require,
        )
        return App(settings, reached)
    if settings.neo4j_password is None:
        raise ConfigurationError(
            "NEO4J_URI is set to {uri}, but there is no password.",
            mend="Set NEO4J_PASSWORD too.",
            uri=settings.neo4j_uri,
        )
    password = settings.neo4j_password.get_secret_value()
    return App(settings, connect(settings.neo4j_uri, settings.neo4j_username, password, settings.neo4j_database))


def bundled(name: str) -> Path:
    """A file or folder that ships with graphcrm (``seed``, ``app.py``), from the wheel or from a checkout."""
    package = Path(str(files("graphcrm")))
    shipped = package / "_bundled" / name
    return shipped if shipped.exists() else package.parent / name
