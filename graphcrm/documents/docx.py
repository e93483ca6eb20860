"""A document as DOCX, with real headings and lists, so that it can be worked on."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from graphcrm.documents.model import Document, Style

_STYLES: Mapping[Style, str] = {
    "section": "Heading 1",
    "question": "Heading 2",
    "figure": "Heading 2",
    "item": "List Bullet",
    "missing": "List Bullet",
    "helper": "List Bullet 2",
    "reason": "List Bullet",
    "proof": "List Bullet 2",
    "gap": "List Bullet",
}


def to_docx(document: Document) -> bytes:
    """The document as a Word file on A4. It names nobody as its author."""
    made = docx.Document()
    _settle(made, document)
    made.add_heading(document.title, 0)
    for line in document.lines:
        run = made.add_paragraph(style=_STYLES.get(line.style, "Normal")).add_run(line.text)
        run.bold = True if line.style in ("missing", "value") else None
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _settle(made: docx.document.Document, document: Document) -> None:
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    normal = made.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"ru": "ru-RU"}.get(document.language, "en-GB"))
    normal.element.get_or_add_rPr().append(language)
    properties = made.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = document.title, "", "", ""
    properties.language = document.language
    properties.created = properties.modified = datetime.combine(document.as_of, time())
