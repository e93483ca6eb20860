"""How commands print: JSON for other programs, tables, and lines in which no name can talk to the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graphcrm.documents.model import flat

WIDE, A_COLUMN = 200, 30
"""Signs in a row of a table, and at least for each of its columns, where there is no terminal to fit it into."""


def printable(text: str) -> str:
    """The text without control characters, each a space: a name cannot move the cursor or colour the screen."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def say(text: str) -> None:
    """Print one line."""
    print(printable(text))


def say_title(text: str) -> None:
    """Print one line in bold where that can be shown."""
    Console(soft_wrap=True).print(Text(printable(text), style="bold"))


def say_lines(lines: Iterable[tuple[int, str]]) -> None:
    """Print (indent, text) as lines; white space within a text is folded."""
    for indent, line in lines:
        print(" " * indent + flat(line))


def print_json(content: Any, default: Callable[[Any], Any] | None = None) -> None:
    """Print JSON. ``default``: makes text of what JSON does not know."""
    print(json.dumps(content, ensure_ascii=False, indent=2, default=default))


def print_table(header: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> None:
    """Print a table: texts as they are, not as markup; nothing for None."""
    table = Table(*header, title=Text(printable(title)) if title else None)
    for row in rows:
        table.add_row(*(Text(printable("" if cell is None else str(cell))) for cell in row))
    width = None if sys.stdout.isatty() else max(WIDE, A_COLUMN * len(header))
    Console(width=width).print(table)
