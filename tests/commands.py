"""Commands run over the tests' database, in the tests' own process or in one of their own."""

from collections.abc import Callable
from datetime import date

import typer
from typer.testing import CliRunner

from graphcrm.bootstrap import App
from graphcrm.config import load_settings
from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.errors import GraphcrmError


def environment_of(endpoint: Endpoint) -> dict[str, str]:
    """The variables that lead an app or a command to a database."""
    return {
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USERNAME": endpoint.username,
        "NEO4J_PASSWORD": endpoint.password,
    }


class KeptOpen(App):
    """The fixture's database outlives the command."""

    def close(self) -> None:
        """Leave the database open."""


def kept_open(db: Database, today: date) -> App:
    """An app over the tests' database, on a day."""
    return KeptOpen(load_settings(), db, today=lambda: today)


def caller_of(app: typer.Typer) -> Callable[..., str]:
    """Runs a command and gives its output, or raises the error that ``main`` prints."""

    def call(*arguments: str) -> str:
        result = CliRunner().invoke(app, [str(one) for one in arguments])
        if isinstance(result.exception, GraphcrmError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return call
