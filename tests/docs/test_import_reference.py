"""The reference of the import's files is made from the vocabulary and current (issue 3, section 4)."""

from pathlib import Path

from graphcrm.ingest.reference import import_markdown
from graphcrm.vocabulary import VOCABULARY

PAGE = Path(__file__).parents[2] / "docs/reference/import-files.md"


def test_the_reference_of_the_files_is_current():
    """Made by ``python -m graphcrm.ingest.reference``."""
    assert PAGE.read_text("utf-8") == import_markdown()


def test_every_file_and_column_is_told():
    text = PAGE.read_text("utf-8")
    for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values()):
        if kind.file:
            section = text.split(f"\n## {kind.file}.csv\n")[1].split("\n## ")[0]
            assert [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")] == list(kind.columns)
