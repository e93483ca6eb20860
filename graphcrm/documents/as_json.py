"""A document as JSON, for other programs. ``format`` counts up when a reader of the former one would fail."""

from __future__ import annotations

import json

from graphcrm.documents.model import Document

FORMAT = 1


def to_json(document: Document) -> str:
    """``{format, title, language, as_of, lines: [{style, text}]}``; the styles are those of ``model.Style``."""
    content = {
        "format": FORMAT,
        "title": document.title,
        "language": document.language,
        "as_of": document.as_of.isoformat(),
        "lines": [{"style": line.style, "text": line.text} for line in document.lines],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
