"""Options that several commands share: one object in the code, its fields on the command line."""

from __future__ import annotations

from datetime import date

import pytest
import typer
from typer.testing import CliRunner

from graphcrm.cli import app as graphcrm
from graphcrm.cli.options import AS_A_RULE, Viewpoint, parse_free, with_options
from graphcrm.errors import InvalidInput

app = typer.Typer()


@app.command()
@with_options
def show(client: str, view: Viewpoint = AS_A_RULE, loud: bool = False) -> None:
    """Show it."""
    print(view.subject(client), view.day(date(2026, 1, 1)), loud)


@pytest.mark.parametrize(("given", "said"), [
    (["c"], "c 2026-01-01 False"),
    (["c", "--deal", "d"], "('c', 'd') 2026-01-01 False"),
    (["c", "--as-of", "2025-02-03", "--loud"], "c 2025-02-03 True"),
])  # fmt: skip
def test_the_fields_are_options(given, said):
    assert CliRunner().invoke(app, given).output.strip() == said


def test_help_tells_them_and_what_is_no_day_is_refused():
    assert "One deal of the client" in CliRunner().invoke(app, ["--help"]).output
    refusal = CliRunner().invoke(app, ["c", "--as-of", "some day"]).exception
    assert isinstance(refusal, InvalidInput)
    assert refusal.describe() == "--as-of wants a day, not 'some day'. For example 2026-11-23."


DAYS = {"--as-of", "--until", "--on", "--due"}


def day_options(group, *path):
    """(words of the command, its option) of every option in ``DAYS``."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from day_options(command, *path, name)
        else:
            yield from ((*path, name, flag) for one in command.params for flag in DAYS.intersection(one.opts))


@pytest.mark.parametrize("words", [*day_options(typer.main.get_command(graphcrm))], ids=" ".join)
def test_every_command_reads_a_day_in_the_same_way(words):
    refusal = CliRunner().invoke(graphcrm, [*words, "31.12.2026"]).exception
    assert isinstance(refusal, InvalidInput)
    assert refusal.describe() == f"{words[-1]} wants a day, not '31.12.2026'. For example 2026-11-23."


@pytest.mark.parametrize(("item", "name", "value"), [
    ("most=10", "most", 10),
    ("share=0.5", "share", 0.5),
    ("yes=true", "yes", True),
    ("none=null", "none", None),
    ("ids=[\"a\", 1]", "ids", ["a", 1]),
    ("id=client-orion", "id", "client-orion"),
    ("id=007", "id", "007"),
    ("id:text=7", "id", "7"),
    ("id=\"7\"", "id", "7"),
    ("word=NaN", "word", "NaN"),
    ("empty=", "empty", ""),
    ("a=b=c", "a", "b=c"),
    ("day:date=2026-11-23", "day", date(2026, 11, 23)),
    ("day : date = 2026-11-23", "day", date(2026, 11, 23)),
    ("deep=" + "[" * 100_000, "deep", "[" * 100_000),
])  # fmt: skip
def test_a_value_of_no_declared_kind(item, name, value):
    assert parse_free(item) == (name, value)


@pytest.mark.parametrize(("item", "said"), [
    ("most", "most is not a parameter. Write it as name=value."),
    ("=1", "=1 is not a parameter. Write it as name=value."),
    ("day:date=soon", "day wants a day, not 'soon'. For example 2026-11-23."),
    ("day:day=1", "day is not a kind of value. Choose one of: text, int, float, bool, date, datetime."),
])  # fmt: skip
def test_what_is_no_value_is_told(item, said):
    with pytest.raises(InvalidInput) as caught:
        parse_free(item)
    assert caught.value.describe() == said
