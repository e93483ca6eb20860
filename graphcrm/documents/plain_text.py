"""A document as plain text. A picture is told in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphcrm.documents.model import DASH, Document, Line, Style

_BEFORE: Mapping[Style, str] = {
    "value": " " * 6,
    "item": " " * 6 + "- ",
    "missing": " " * 6 + "! ",
    "helper": " " * 6 + "? ",
    "reason": " " * 3,
    "proof": " " * 6 + "- ",
    "gap": "- ",
}


def to_text(document: Document) -> str:
    """The document as text, one line each, with a newline at its end."""
    lines = [document.title, "=" * len(document.title)]
    lines += [text for line in document.lines for text in _told(line)]
    return "\n".join(lines) + "\n"


def _told(line: Line) -> Iterator[str]:
    if line.rows:
        yield from _table(line.rows)
        return
    if line.style in ("section", "picture"):
        yield from ("", line.text, "-" * len(line.text))
    else:
        yield _BEFORE.get(line.style, "") + line.text
    if line.drawing is not None:
        yield from ("   " * depth + text for depth, text in line.drawing.words)


def _table(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """Each row as a point that names its cells: a table of long sentences would not fit a line."""
    heading, *rest = rows
    for first, *others in rest:
        yield f"- {first}"
        told = (f"{name}: {cell}" for name, cell in zip(heading[1:], others, strict=True) if cell != DASH)
        yield from (" " * 6 + text for text in told)
