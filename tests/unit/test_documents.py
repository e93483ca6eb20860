"""One content in five forms: the same words in each, and hostile text that stays text."""

import io
import json
import re
import zipfile
from datetime import date

import docx
import pytest
from markdown_it import MarkdownIt

from graphcrm.documents import FORMS
from graphcrm.documents.model import Document, Line, flat
from graphcrm.documents.pdf import to_pictures

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) ![y](http://192.0.2.1/z)",
    "#eval(\"1+1\") #read(\"/etc/passwd\") $x^2$ *bold* _it_ `code` @ref",
    "- item", "1. one", "# head", "| a | b |", "&lt;b&gt; \\ ~~x~~",
    "Велигжанин Ёлкин «ООО»", "=cmd|' /C calc'!A0", "{{7*7}} ${x}",
]  # fmt: skip


def document(*texts: str, style: str = "item") -> Document:
    return Document("Title <b>", "en", date(2026, 11, 23), tuple(Line(style, flat(text)) for text in texts))


def words_of_markdown(content: str) -> str:
    """What a reader of the Markdown sees, by another implementation of CommonMark."""
    tokens = MarkdownIt("commonmark").enable("table").parse(content)
    leaves = [leaf for token in tokens for leaf in (token.children or [])]
    assert not [leaf for leaf in leaves if leaf.type in ("html_inline", "link_open", "image", "code_inline", "em_open")]
    assert not [token for token in tokens if token.type in ("html_block", "table_open", "code_block", "fence")]
    return "\n".join("".join(c.content for c in token.children) for token in tokens if token.type == "inline")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("style", ["item", "note", "question", "proof"])
def test_markdown_shows_hostile_text_as_it_stands(text, style):
    shown = words_of_markdown(FORMS["md"].write(document(text, style=style)).decode())
    assert shown.splitlines()[0] == "Title <b>"
    assert shown.splitlines()[-1] == flat(text)


def test_word_holds_the_words_and_no_markup():
    made = docx.Document(io.BytesIO(FORMS["docx"].write(document(*HOSTILE))))
    assert [paragraph.text for paragraph in made.paragraphs] == ["Title <b>", *map(flat, HOSTILE)]
    assert made.paragraphs[0].style.name == "Title"
    assert made.core_properties.author == ""


def test_word_links_to_nothing_outside():
    with zipfile.ZipFile(io.BytesIO(FORMS["docx"].write(document(*HOSTILE)))) as file:
        links = [file.read(name) for name in file.namelist() if name.endswith(".rels")]
    assert not any(b'TargetMode="External"' in link for link in links)


def test_json_tells_its_format_and_all_lines():
    told = json.loads(FORMS["json"].write(document(*HOSTILE)))
    assert (told["format"], told["as_of"]) == (1, "2026-11-23")
    assert [line["text"] for line in told["lines"]] == [flat(text) for text in HOSTILE]


def test_pdf_is_the_same_every_time_and_links_to_nothing():
    first = FORMS["pdf"].write(document(*HOSTILE))
    assert first == FORMS["pdf"].write(document(*HOSTILE))
    assert first.startswith(b"%PDF-")
    assert not re.search(rb"/URI|/JavaScript|/Launch", first)


def test_a_long_word_stays_on_the_page():
    """The margin at the right is white, whatever the length of a word."""
    from PIL import Image

    for text in ("x" * 3000, "слово" * 300):
        picture = Image.open(io.BytesIO(to_pictures(document(text))[0])).convert("L")
        width, height = picture.size
        assert picture.crop((int(width * 0.93), 0, width, height)).getextrema() == (255, 255)


def test_a_name_cannot_forge_a_line():
    assert flat("A\n# B\x00\u202eC\x1b[31m") == "A # B C [31m"
