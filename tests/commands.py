"""Commands run in the tests' own process, over the tests' database."""

from collections.abc import Callable
from datetime import date

import typer
from typer.testing import CliRunner

from graphcrm.bootstrap import App
from graphcrm.config import load_settings
from graphcrm.database.connection import Database
from graphcrm.errors import GraphcrmError


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
