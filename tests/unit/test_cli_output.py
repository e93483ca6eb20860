"""What commands print: text stays text, whatever a name or a folder holds."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from graphcrm.cli import app
from graphcrm.cli.output import print_json, print_table, say, say_lines, say_title

HOSTILE = "[red]Nina[/b] \x1b[31m"


@pytest.mark.parametrize("show", [
    say, say_title, lambda text: say_lines([(2, text)]), lambda text: print_table(("Name",), [(text,), (None,)], text),
], ids=["line", "title", "lines", "table"])  # fmt: skip
def test_a_name_is_no_markup_and_cannot_talk_to_the_terminal(show, capsys):
    show(HOSTILE)
    said = capsys.readouterr().out
    assert "[red]Nina[/b]" in said
    assert "\x1b[31m" not in said


def test_a_wide_table_is_not_cut_where_there_is_no_terminal(capsys):
    print_table([f"column {n}" for n in range(12)], [["x" * 25] * 12])
    assert capsys.readouterr().out.count("x" * 25) == 12


def test_json_keeps_letters_and_takes_days_where_it_is_told_how(capsys):
    print_json({"имя": date(2026, 11, 23)}, default=str)
    said = capsys.readouterr().out
    assert "имя" in said
    assert json.loads(said) == {"имя": "2026-11-23"}


def test_a_folder_is_no_markup(tmp_path, monkeypatch):
    monkeypatch.delenv("NEO4J_URI", raising=False)
    ran = CliRunner().invoke(app, ["db", "stop", "--data", str(tmp_path / "a[" / "b]")])
    assert ran.exit_code == 0, ran.exception
    assert "a[/b]" in ran.output
