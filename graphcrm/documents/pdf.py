"""A document as PDF, set by Typst. The texts go in as data, never as markup."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from importlib.resources import files

import typst

from graphcrm.documents.model import Document

_LONG = re.compile(r"\S{40}")
"""So many signs without a space may be broken: a word longer than the line must not leave the page."""


def to_pdf(document: Document) -> bytes:
    """The document as a tagged PDF on A4. The same document gives the same bytes."""
    return _set(document, "pdf")


def to_pictures(document: Document) -> list[bytes]:
    """Its pages as PNG, to be looked at."""
    pages = _set(document, "png")
    return pages if isinstance(pages, list) else [pages]


def _set(document: Document, form: str) -> bytes:
    template = (files("graphcrm.documents") / "brief.typ").read_bytes()
    content = {
        "title": document.title,
        "language": document.language,
        "lines": [{"style": line.style, "text": _LONG.sub("\\g<0>\u200b", line.text)} for line in document.lines],
    }
    return typst.compile(
        template,
        format=form,
        sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,  # the same on every machine: the fonts that Typst brings hold Cyrillic
        timestamp=int(datetime.combine(document.as_of, time(), UTC).timestamp()),
        ppi=110,
    )
