"""A document as PDF, set by Typst. The texts go in as data, never as markup."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any

import typst

from graphcrm.documents.model import Document, Line, held_together, is_tight, widths
from graphcrm.documents.picture import fonts, room_for

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
        "title": held_together(document.title),
        "language": document.language,
        "lines": [_line(line) for line in document.lines],
    }
    with fonts() as folder:
        return typst.compile(
            template,
            format=form,
            sys_inputs={"document": json.dumps(content, ensure_ascii=False)},
            font_paths=[folder],
            ignore_system_fonts=True,  # the same on every machine: these fonts and Typst's own hold Cyrillic
            timestamp=int(datetime.combine(document.as_of, time(), UTC).timestamp()),
            ppi=110,
        )


def _broken(text: str) -> str:
    return _LONG.sub("\\g<0>\u200b", held_together(text))


def _line(line: Line) -> dict[str, Any]:
    told: dict[str, Any] = {"style": line.style, "text": _broken(line.text)}
    if line.rows:
        told["widths"], told["tight"] = widths(line.rows), is_tight(line.rows)
        told["rows"] = [[_broken(cell) for cell in row] for row in line.rows]
    if line.drawing is not None:
        told |= {"svg": line.drawing.svg, "words": "\n".join(text for _depth, text in line.drawing.words)}
        told |= asdict(room_for(line.drawing))
    return told
