"""A document as JSON, for other programs. ``format`` counts up when a reader of the former one would fail."""

from __future__ import annotations

import json
from typing import Any

from graphcrm.documents.model import Document, Line

FORMAT = 1


def to_json(document: Document) -> str:
    """``{format, title, language, as_of, lines: [{style, text}]}``; the styles are those of ``model.Style``.

    A line of the style "table" also has ``rows``, lists of cells, the first one its heading.
    A line of the style "picture" also has ``{svg, width, height, words: [{depth, text}]}``, its size in pixels.
    """
    content = {
        "format": FORMAT,
        "title": document.title,
        "language": document.language,
        "as_of": document.as_of.isoformat(),
        "lines": [_line(line) for line in document.lines],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _line(line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {"style": line.style, "text": line.text}
    if line.rows:
        told["rows"] = [list(row) for row in line.rows]
    if line.drawing is not None:
        words = [{"depth": depth, "text": text} for depth, text in line.drawing.words]
        told |= {"svg": line.drawing.svg, "width": line.drawing.width, "height": line.drawing.height, "words": words}
    return told
