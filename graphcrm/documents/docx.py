"""A document as DOCX, with real headings and lists, so that it can be worked on."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt

from graphcrm.documents.model import Document, Drawing, Style, held_together, widths
from graphcrm.documents.picture import MARGIN, PAPERS, room_for, to_png

TEXT_WIDTH = 16.6
"""Centimetres between the margins of an upright page."""
LARGEST_PAPER = "a3"
"""Word takes no page wider than 55.8 cm."""
MOST_ALTERNATIVE = 2000
"""Signs of the words that stand for a picture."""

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
    made.add_heading(held_together(document.title), 0)
    for place, line in enumerate(document.lines):
        if line.drawing is not None:
            _draw(made, line.text, line.drawing, is_last=place == len(document.lines) - 1)
            continue
        if line.rows:
            _table(made, line.rows)
            continue
        run = made.add_paragraph(style=_STYLES.get(line.style, "Normal")).add_run(held_together(line.text))
        run.bold = True if line.style in ("missing", "value") else None
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _table(made: docx.document.Document, rows: tuple[tuple[str, ...], ...]) -> None:
    """A real table whose heading is said again on each page, and whose rows are not torn apart."""
    grid = made.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    grid.autofit = False
    room = [Cm(TEXT_WIDTH * share) for share in widths(rows)]
    for column, width in zip(grid.columns, room, strict=True):
        column.width = width
    for place, cells in enumerate(rows):
        row = grid.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, cells, room, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(9 if place else 8), place == 0  # bold is broader
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    made.add_paragraph()


def _draw(made: docx.document.Document, title: str, drawing: Drawing, *, is_last: bool) -> None:
    """The picture among the text, or on a page of its own that lies across and is as large as its words need."""
    room = room_for(drawing, LARGEST_PAPER)
    if room.paper:
        page = made.add_section(WD_SECTION.NEW_PAGE)
        width, height = PAPERS[room.paper]
        page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Pt(width), Pt(height)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Pt(MARGIN)
    made.add_heading(title, 1)
    place = made.add_paragraph()
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = place.add_run().add_picture(io.BytesIO(to_png(drawing)), width=Pt(room.width))
    shape._inline.docPr.set("descr", "\n".join(text for _depth, text in drawing.words)[:MOST_ALTERNATIVE])
    if room.paper and not is_last:  # a section after the last picture would be an empty page
        _upright(made.add_section(WD_SECTION.NEW_PAGE))


def _upright(page: Section) -> None:
    page.orientation, page.page_width, page.page_height = WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)


def _settle(made: docx.document.Document, document: Document) -> None:
    _upright(made.sections[0])
    normal = made.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"ru": "ru-RU"}.get(document.language, "en-GB"))
    normal.element.get_or_add_rPr().append(language)
    properties = made.core_properties
    # Word's own properties hold at most 255 characters; the heading holds the whole title.
    title = document.title[:255]
    properties.title, properties.author, properties.last_modified_by, properties.comments = title, "", "", ""
    properties.language = document.language
    properties.created = properties.modified = datetime.combine(document.as_of, time())
