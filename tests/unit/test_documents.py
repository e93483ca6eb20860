"""One content in five forms: the same words in each, and hostile text that stays text."""

import base64
import io
import json
import re
import zipfile
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from PIL import Image

from graphcrm.documents import FORMS
from graphcrm.documents.model import SIGNS, Document, Drawing, Line, flat, is_tight, table, widths
from graphcrm.documents.pdf import to_pictures
from graphcrm.documents.picture import INLINE, PAPERS, SMALLEST, fonts, room_for, to_png

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


def test_the_year_of_a_russian_date_and_a_share_stay_with_their_sign():
    made = docx.Document(io.BytesIO(FORMS["docx"].write(document("на 26 нояб. 2026 г.", "уверенность 60 % и 5 гирь"))))
    assert [paragraph.text for paragraph in made.paragraphs][1:] == [
        "на 26 нояб. 2026\u00a0г.",
        "уверенность 60\u00a0% и 5 гирь",
    ]


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
    for text in ("x" * 3000, "слово" * 300):
        picture = Image.open(io.BytesIO(to_pictures(document(text))[0])).convert("L")
        width, height = picture.size
        assert picture.crop((int(width * 0.93), 0, width, height)).getextrema() == (255, 255)


def test_a_name_cannot_forge_a_line():
    assert flat("A\n# B\x00\u202eC\x1b[31m") == "A # B C [31m"


def drawing(width: float = 400, height: float = 200, text: str = "") -> Drawing:
    """A red field with words in the middle of it."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="Graphcrm Sans">'
        f'<rect width="{width}" height="{height}" fill="#ff0000"/>'
        f'<text x="20" y="60" font-size="40">{text}</text></svg>'
    )
    return Drawing(svg, width, height, ((0, "Greta Holm"), (1, "Lev Sorokin <b>")))


def with_picture(made: Drawing) -> Document:
    lines = (Line("section", "Before"), Line("picture", "Power map", made), Line("section", "After"))
    return Document("Title", "en", date(2026, 11, 23), lines)


def reds(png: bytes) -> int:
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return sum(count for count, color in picture.getcolors(1 << 24) if color == (255, 0, 0))


def test_the_pdf_shows_the_picture():
    pages = [reds(page) for page in to_pictures(with_picture(drawing()))]
    assert len(pages) == 1, "a small picture stands among the text"
    across = room_for(drawing())
    assert pages[0] == pytest.approx(across.width * across.height * (110 / 72) ** 2, rel=0.02)


def test_a_large_picture_has_a_page_of_its_own_across():
    pages = [Image.open(io.BytesIO(page)).size for page in to_pictures(with_picture(drawing(1900, 900)))]
    assert [width > height for width, height in pages] == [False, True, False]


def test_word_and_markdown_hold_the_picture_as_png():
    made = docx.Document(io.BytesIO(FORMS["docx"].write(with_picture(drawing()))))
    (inside,) = made.inline_shapes
    assert inside._inline.docPr.get("descr") == "Greta Holm\nLev Sorokin <b>"
    (part,) = [one for one in made.part.package.iter_parts() if one.content_type == "image/png"]
    assert reds(part.blob) == 800 * 400
    text = FORMS["md"].write(with_picture(drawing())).decode()
    (data,) = re.findall(r"^!\[Power map\]\(data:image/png;base64,([A-Za-z0-9+/=]+)\)$", text, re.M)
    assert reds(base64.b64decode(data)) == 800 * 400
    tokens = MarkdownIt("commonmark").parse(text)
    assert [leaf.type for token in tokens for leaf in token.children or [] if leaf.type == "image"] == ["image"]


def test_word_turns_the_page_for_a_large_picture_and_back():
    made = docx.Document(io.BytesIO(FORMS["docx"].write(with_picture(drawing(5000, 3000)))))
    assert [section.page_width > section.page_height for section in made.sections] == [False, True, False]
    assert all(section.page_width.cm < 55.8 for section in made.sections), "Word takes no wider page"


def test_text_tells_the_picture_in_words_and_json_holds_it():
    assert (
        "Power map\n---------\nGreta Holm\n   Lev Sorokin <b>\n"
        in FORMS["text"].write(with_picture(drawing())).decode()
    )
    (line,) = [one for one in json.loads(FORMS["json"].write(with_picture(drawing())))["lines"] if "svg" in one]
    assert (line["width"], line["words"][1]) == (400, {"depth": 1, "text": "Lev Sorokin <b>"})


@pytest.mark.parametrize("width", [50, 500, 1040, 1500, 3000, 5000])
def test_a_picture_gets_the_smallest_page_on_which_it_can_be_read(width):
    room = room_for(drawing(width, width * 0.6))
    assert room.width / width >= SMALLEST
    papers = ["", *PAPERS]
    for smaller in papers[1 : papers.index(room.paper)] if room.paper else []:
        assert PAPERS[smaller][0] < width * SMALLEST + 84
    assert room.paper or room.width <= INLINE[0]


def test_a_picture_larger_than_any_page_is_made_to_fit():
    room = room_for(drawing(90_000, 100))
    assert (room.paper, room.width <= PAPERS["a0"][0]) == ("a0", True)
    assert max(Image.open(io.BytesIO(to_png(drawing(90_000, 100)))).size) <= 3001


def test_the_fonts_of_pictures_hold_cyrillic():
    """A letter that the font lacks comes out as an empty box: the same for all letters."""
    import typst

    with fonts() as folder:
        families = typst.Fonts(include_system_fonts=False, font_paths=[folder]).families()
    assert "Graphcrm Sans" in families
    drawn = {to_png(drawing(text=letter)) for letter in "ЖЩЫЯЁїßŁž№—«"}
    assert len(drawn) == 12


@pytest.mark.parametrize("form", FORMS)
def test_a_title_may_be_longer_than_words_own_limit(form):
    """A name of 600 letters; Word keeps 255 of a title."""
    long = Document("Ё" * 600, "en", date(2026, 11, 23), (Line("item", flat("x")),))
    assert FORMS[form].write(long)


NAMES = ("Белякова Анна", "Велигжанин Константин Маркович", "Заместитель технического директора", "неизвестно", "–")


@given(st.lists(st.lists(st.text("абв ", max_size=30), min_size=4, max_size=4), min_size=2, max_size=5))
def test_the_columns_of_a_table_fill_it_and_hold_their_longest_words(rows):
    shares = widths(rows)
    assert sum(shares) == pytest.approx(1)
    for share, column in zip(shares, zip(*rows, strict=True), strict=True):
        longest = max((len(word) for cell in column for word in cell.split()), default=0)
        assert is_tight(rows) or share * SIGNS >= longest, "no word has to be broken"


def test_names_are_broken_between_words():
    """Hyphens depend on the language: where none are set, the page is the same, told to be Russian or English."""
    rows = table(("Имя", "Кто", "О ком или о чём", "Достигнуто?", "Состояние"), [NAMES, NAMES[::-1]])
    lines = (rows, Line("item", "; ".join(NAMES * 8)))
    russian, english = (to_pictures(Document("Т", spoken, date(2026, 11, 23), lines)) for spoken in ("ru", "en"))
    assert russian == english


def test_a_row_in_word_is_not_torn_apart_and_no_page_is_left_empty():
    rows = table(("Имя", "Кто"), [NAMES[:2]] * 3)
    last = Line("picture", "Карта", drawing(3000, 1200, "x" * 10))
    made = docx.Document(io.BytesIO(FORMS["docx"].write(Document("Т", "ru", date(2026, 11, 23), (rows, last)))))
    grid = made.tables[0]
    assert all("w:cantSplit" in row._tr.xml for row in grid.rows)
    assert len(made.sections) == 2, "the text, and the page of the picture"
