"""docs/reference/faults.md names a test for every promise, and each of them exists."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs/reference/faults.md"
NAME = re.compile(r"`(\w+/test_\w+\.py)::(test_\w+)`")
SECTIONS = (
    "Database and network",
    "Concurrency",
    "Console and Cypher",
    "Pages and components",
    "People, rights, sessions",
    "Backup, upgrade, supply",
)


def rows() -> dict[str, list[str]]:
    """Heading -> the rows below it, without the heads of the tables."""
    parts = PAGE.read_text("utf-8").split("\n## ")[1:]
    lines = {part.split("\n")[0]: [line for line in part.split("\n") if line.startswith("| ")][1:] for part in parts}
    assert all(lines.values())
    return lines


def test_every_section_is_there_and_every_row_names_a_test():
    found = rows()
    assert tuple(found) == SECTIONS
    for row in [row for part in found.values() for row in part]:
        assert len(row.split(" | ")) == 3, row
        assert NAME.search(row.split(" | ")[2]), row


def test_every_named_test_exists():
    text = PAGE.read_text("utf-8")
    named = set(NAME.findall(text))
    assert text.count("::test_") == len(NAME.findall(text)), "each is written in full"
    known = {
        (file, node.name)
        for file in {file for file, _ in named}
        for node in ast.walk(ast.parse((TESTS / file).read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert sorted(named - known) == []
