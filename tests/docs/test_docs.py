"""The documentation does not lie: links lead somewhere, commands exist, ids of requirements and queries are real."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graphcrm.cli import app
from graphcrm.queries.binder import catalogue
from graphcrm.queries.reference import catalogue_markdown

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
IDS = {
    *(f"A1.{n}" for n in range(1, 6)), *(f"A2.{n}" for n in range(1, 6)), *(f"A3.{n}" for n in range(1, 7)),
    *(f"A4.{n}" for n in range(1, 7)), *(f"A5.{n}" for n in range(1, 6)), *(f"B1.{n}" for n in range(1, 4)),
    "B2.1", "B2.2", *(f"B3.{n}" for n in range(1, 5)), *(f"B4.{n}" for n in range(1, 5)),
    *(f"C1.{n}" for n in range(1, 9)), *(f"C2.{n}" for n in range(1, 6)), *(f"C3.{n}" for n in range(1, 8)),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path):
    targets = [link for link in LINK.findall(page.read_text("utf-8")) if not link.startswith(("http://", "https://"))]
    assert [link for link in targets if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_requirement_ids_are_real(page: Path):
    cited = set(re.findall(r"\b[ABC][1-5]\.\d\b", page.read_text("utf-8")))
    assert cited - IDS == set()


def test_commands_in_the_docs_exist():
    text = "\n".join(page.read_text("utf-8") for page in PAGES)
    commands = set(re.findall(r"^\s*graphcrm ((?:db )?[a-z-]+)", text, re.M)) | set(
        re.findall(r"`graphcrm ((?:db )?[a-z-]+)(?= |`)", text)
    )
    assert {"db start", "import", "query", "brief", "up", "demo"} <= commands
    for command in sorted(commands):
        ran = CliRunner().invoke(app, [*command.split(), "--help"])
        assert ran.exit_code == 0, (command, ran.output)


def test_make_targets_in_the_docs_exist():
    named = {
        t
        for page in PAGES
        for t in re.findall(r"\bmake ([a-z]+)\b", page.read_text("utf-8"))
        if page.name == "README.md"
    }
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert named <= targets


def test_queries_named_in_the_docs_exist():
    named = {n for page in PAGES for n in re.findall(r"graphcrm query ([a-z]\w+)", page.read_text("utf-8"))}
    assert named
    assert named <= catalogue().keys()


def test_the_catalogue_of_queries_is_current():
    """Made by ``make docs`` from the .cypher files."""
    assert (ROOT / "docs/reference/queries.md").read_text("utf-8") == catalogue_markdown()
