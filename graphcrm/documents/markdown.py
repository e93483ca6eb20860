"""A document as CommonMark, tables as GitHub's. Every text is escaped: it is neither markup nor HTML.

Pictures are within the file, as PNG: readers of Markdown take that, but refuse SVG, which could hold scripts.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping

from graphcrm.documents.model import Document, Line, Style
from graphcrm.documents.picture import to_png

_SIGNS = re.compile(r"([\\`*_\[\]#|<>~&$])")
WIDEST = 2000
"""Pixels across a picture."""
_START = re.compile(r"^(\d*)([-+=.)])")
_FORMS: Mapping[Style, str] = {
    "fact": "{}  ",
    "section": "\n## {}\n",
    "question": "### {}\n",
    "value": "**{}**\n",
    "item": "- {}",
    "missing": "- **{}**",
    "helper": "  - {}",
    "note": "{}\n",
    "figure": "### {}\n",
    "reason": "- {}",
    "proof": "  - {}",
    "gap": "- {}",
}


def to_markdown(document: Document) -> str:
    """The document as Markdown (CommonMark 0.31), UTF-8."""
    lines = [f"# {escaped(document.title)}", ""]
    lines += [_told(line) for line in document.lines]
    return "\n".join(lines) + "\n"


def _told(line: Line) -> str:
    if line.rows:
        return _table(line.rows)
    if line.drawing is None:
        return _FORMS[line.style].format(escaped(line.text))
    data = b64encode(to_png(line.drawing, WIDEST)).decode()
    return f"\n## {escaped(line.text)}\n\n![{escaped(line.text)}](data:image/png;base64,{data})\n"


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    """A table as GitHub Flavored Markdown writes it."""
    heading, *rest = ("| " + " | ".join(escaped(cell) for cell in row) + " |" for row in rows)
    return "\n".join(["", heading, "|" + " --- |" * len(rows[0]), *rest, ""])


def escaped(text: str) -> str:
    """``text`` with a backslash before every sign that Markdown would read."""
    return _START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))
