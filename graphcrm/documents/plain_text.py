"""A document as plain text. A picture is told in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphcrm.documents.model import Document, Line, Style

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
    if line.style in ("section", "picture"):
        yield from ("", line.text, "-" * len(line.text))
    else:
        yield _BEFORE.get(line.style, "") + line.text
    if line.drawing is not None:
        yield from ("   " * depth + text for depth, text in line.drawing.words)
