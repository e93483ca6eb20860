"""Workbooks as people keep them, and as attackers make them (issue 4, section 2; faults.md, "Import")."""

import struct
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from graphcrm.ingest.cells import plain_cell
from graphcrm.ingest.limits import Limits
from graphcrm.ingest.report import refused_files
from graphcrm.ingest.rows import parse_table
from graphcrm.ingest.workbook_out import WorkbookWriter
from tests.workbooks import Shown, part, read_book, repacked, sheets_of, workbook

PEOPLE = [["id", "name", "birth_date", "phone"], ["p1", "Anna", "1968", "+49 30 1234"]]


def only(content, **more):
    (table,), problems = read_book(content, **more)
    assert problems == []
    return table


def rows(table):
    return [(row.line, row.cells) for row in table.rows]


def told(table):
    return [(problem.place, problem.code) for problem in table.problems]


@pytest.mark.parametrize("title", ["people", "People", "PEOPLE", "Person", "Люди", "Человек", " люди "])
def test_a_sheet_may_be_called_by_any_name_of_its_kind(title):
    assert rows(only(workbook({title: PEOPLE}))) == [(2, ("p1", "Anna", "1968", "+49 30 1234"))]


def test_columns_may_be_called_as_the_vocabulary_calls_them():
    table = only(
        workbook({"Работает в": [["Человек", "Организация", "Должность", "Уровень"], ["p1", "c1", "Head", 1]]})
    )
    assert table.columns == ("person_id", "organization_id", "title", "level")
    assert table.problems == []


def test_each_sheet_is_a_table_and_empty_ones_are_passed_over():
    tables, _ = read_book(workbook({"people": PEOPLE, "Sheet2": [], "units": [["id", "name", "part_of_id"]]}))
    assert [(table.file, table.kind.file) for table in tables] == [
        ("clients.xlsx:people", "people"),
        ("clients.xlsx:units", "units"),
    ]


def test_a_sheet_of_another_name_is_told_with_the_nearest():
    (table,), _ = read_book(workbook({"peple": [["Comment"], ["x"]]}))
    (problem,) = table.problems
    assert (problem.code, problem.fields["nearest"]) == ("unknown_sheet", "people")


def test_a_sheet_of_another_name_is_told_with_what_its_columns_look_like():
    (table,), _ = read_book(workbook({"Компании": [["Наименование", "Тип", "ИНН"], ["Ромашка", "Клиент", None]]}))
    (problem,) = table.problems
    assert (problem.code, problem.fields["nearest"]) == ("unknown_sheet", "organizations")


def test_hidden_sheets_are_passed_over_and_told():
    """Nobody sees what would be imported from them."""
    book = load_workbook(BytesIO(workbook({"people": PEOPLE, "units": [["id", "name"], ["u", "Works"]]})))
    book["units"].sheet_state = "hidden"
    packed = BytesIO()
    book.save(packed)
    tables, problems = read_book(packed.getvalue())
    assert [(table.sheet, len(table.rows)) for table in tables] == [("people", 1), ("units", 0)]
    assert [note.code for note in tables[1].notes] == ["sheet_hidden"]
    assert [*problems, *tables[1].problems] == []


def test_a_date_whose_cell_has_lost_its_format_is_the_day_that_it_counts():
    """27000 is 2 December 1973 in every spreadsheet (25569 is 1 January 1970); a year alone stays one."""
    table = only(workbook({"people": [["id", "name", "birth_date"], ["p", "Anna", 27000], ["q", "Boris", 1973]]}))
    assert [row.cells[2] for row in table.rows] == ["1973-12-02", "1973"]


def test_numbers_dates_and_percents_are_read_as_they_are_meant():
    people = [
        ["id", "name", "birth_date", "phone"],
        [1001.0, "Anna", 1968.0, 4917012345678.0],
        ["p2", "Boris", datetime(1968, 5, 9), "+7 495 1234567"],
        ["p3", "Clara", Shown(datetime(2000, 5, 9), "DD.MM"), None],
        ["p4", "Dora", Shown(datetime(1971, 3, 1), 'mmmm" "yyyy'), None],
        ["p5", "Emil", Shown(datetime(1971, 1, 1), "yyyy"), None],
        ["p6", "Фёкла", Shown(datetime(1971, 3, 4), "[$-419]d mmmm yyyy;@"), None],
    ]
    owns = [
        ["owner_id", "organization_id", "percent", "confidence", "valid_from"],
        ["p1", "c1", Shown(0.255, "0.0%"), Shown(0.8, "0%"), Shown(datetime(2024, 2, 1, 13, 30), "dd.mm.yyyy hh:mm")],
        ["p2", "c1", "60 %", 0.5, date(2024, 2, 1)],
    ]
    tables, _ = read_book(workbook({"people": people, "owns": owns}))
    assert [cells for _, cells in rows(tables[0])] == [
        ("1001", "Anna", "1968", "4917012345678"),
        ("p2", "Boris", "1968-05-09", "+7 495 1234567"),
        ("p3", "Clara", "--05-09", ""),
        ("p4", "Dora", "1971-03", ""),
        ("p5", "Emil", "1971", ""),
        ("p6", "Фёкла", "1971-03-04", ""),
    ]
    values = [row.values for row in parse_table(tables[1]).rows]
    assert [(one["percent"], one["confidence"], one["valid_from"]) for one in values] == [
        (25.5, 0.8, date(2024, 2, 1)),
        (60, 0.5, date(2024, 2, 1)),
    ]


def test_titles_blank_rows_repeated_headers_and_empty_edges_are_passed_over():
    sheet = [
        ["Contacts of the client, spring 2026"],
        [],
        ["as of", datetime(2026, 5, 1)],
        [None, "ID", "Имя", None, "Пометка ", None],
        [None, "p1", "Anna\r\nMaria", None, "first\nsecond", ""],
        [],
        [None, "ID", "Имя", None, "Пометка", None],
        [None, "p2", "Boris", None, None],
        *[[None, "", " "] for _ in range(50)],
    ]
    table = only(workbook({"people": sheet}, {"people": ["A1:F1"]}))
    assert table.columns == ("", "id", "name", "", "")
    assert rows(table) == [
        (5, ("", "p1", "Anna\nMaria", "", "first\nsecond")),
        (8, ("", "p2", "Boris", "", "")),
    ]
    assert told(table) == [("clients.xlsx:people:4:Пометка", "unknown_column")]
    assert [note.describe() for note in table.notes] == [
        "The header stands in row 4; what is above it was passed over."
    ]


def test_a_value_in_cells_merged_downwards_is_meant_for_each_row():
    sheet = [["person_id", "organization_id", "title"], ["p1", "c1", "Head"], ["p2", None, "Buyer"], ["p3", "c2", "x"]]
    table = only(workbook({"works_at": sheet}, {"works_at": ["B2:B3"]}))
    assert [cells[1] for _, cells in rows(table)] == ["c1", "c1", "c2"]


def test_what_stands_beside_the_columns_is_told_and_not_taken():
    table = only(workbook({"people": [["id", "name"], ["p1", "Anna", "call her"], ["p2", "Boris"]]}))
    assert rows(table) == [(2, ("p1", "Anna")), (3, ("p2", "Boris"))]
    assert [(note.code, note.fields["count"]) for note in table.notes] == [("cells_beyond", 1)]


def test_formulas_count_by_their_saved_value_and_are_refused_without_one():
    """openpyxl saves formulas without values, as other programs that write workbooks do; a spreadsheet saves both."""
    content = workbook({"people": [["id", "name"], ["p1", "=A1&A2"], ["p2", "Boris"], ["p3", "=1+1"]]})
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert sheet.count(b"</f><v") == 2
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        whole = b'<c r="B2"><f>A1&amp;A2</f>' + empty + b"</c>"
        sheet = sheet.replace(whole, b'<c r="B2" t="str"><f>A1&amp;A2</f><v>idp1</v></c>')
    table = only(repacked(content, {"xl/worksheets/sheet1.xml": sheet}))
    assert rows(table) == [(2, ("p1", "idp1")), (3, ("p2", "Boris"))]
    assert told(table) == [("clients.xlsx:people:4:name", "formula_not_saved")]


def test_a_formula_that_saved_an_empty_text_is_an_empty_cell():
    content = workbook({"people": [["id", "name", "home_city"], ["p1", "Anna", "=A9"]]})
    sheet = part(content, "xl/worksheets/sheet1.xml")
    for empty in (b"<v></v>", b"<v />", b"<v/>"):
        sheet = sheet.replace(b'<c r="C2"><f>A9</f>' + empty, b'<c r="C2" t="str"><f>A9</f><v></v>')
    table = only(repacked(content, {"xl/worksheets/sheet1.xml": sheet}))
    assert rows(table) == [(2, ("p1", "Anna", ""))]


def test_the_error_of_a_formula_is_no_value():
    table = only(workbook({"people": [["id", "name", "other"], ["p1", "#REF!", ""], ["p2", "Boris", "#N/A"]]}))
    assert rows(table) == [(3, ("p2", "Boris", "#N/A"))]
    assert told(table)[1:] == [("clients.xlsx:people:2:name", "cell_error")]


def test_problems_name_file_sheet_row_column_and_value():
    sheet = [["List"], ["Ид", "Имя", "Пол", "Электронная почта"], ["p1", "Anna", "mail", "anna"]]
    table = only(workbook({"Люди": sheet}))
    assert [(p.place, p.value) for p in parse_table(table).problems] == [
        ("clients.xlsx:Люди:3:gender", "mail"),
        ("clients.xlsx:Люди:3:email", "anna"),
    ]


def test_refused_rows_come_back_as_a_workbook_that_can_be_mended_and_read():
    content = workbook(
        {
            "Люди": [["Our contacts"], ["Ид", "Имя", "Дата рождения"], ["p1", "=A1", "1968"], ["p2", "Ёж", "soon"]],
            "units": [["id", "name", "part_of_id"], ["u1", None, "c1"]],
        }
    )
    tables, _ = read_book(content)
    refused = [(t, row, (problem,)) for t in tables for row, problem in t.broken]
    refused += [(t, row.raw, tuple(problems)) for t in tables for row, problems in parse_table(t).refused]
    ((name, book),) = refused_files(refused).items()
    assert name == "clients.xlsx"
    sheets = sheets_of(book)
    assert sheets["Люди"][0] == ["Ид", "Имя", "Дата рождения", "problem"]
    assert [row[:3] for row in sheets["Люди"][1:]] == [["p1", None, "1968"], ["p2", "Ёж", "soon"]]
    assert sheets["units"][1][0] == "u1"
    again, _ = read_book(book)
    assert [table.columns for table in again] == [("id", "name", "birth_date", ""), ("id", "name", "part_of_id", "")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("clients.xlsx", b"id,name\n", "not_workbook"),
        ("clients.xlsx", b"PK\x03\x04 no archive", "not_workbook"),
        ("clients.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "workbook_old"),
        (
            "clients.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "workbook_locked",
        ),
        ("people.csv", workbook({"people": PEOPLE}), "not_csv"),
    ],
)
def test_what_is_no_workbook_is_refused_before_it_is_read(name, content, code):
    tables, problems = read_book(content, name)
    assert (tables, [problem.code for problem in problems]) == ([], [code])


def test_a_workbook_with_macros_or_with_entities_is_refused():
    good = workbook({"people": PEOPLE})
    types = part(good, "[Content_Types].xml").replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    bomb = b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + part(good, "xl/styles.xml")
    for change, code in (
        ({"[Content_Types].xml": types}, "workbook_macros"),
        ({"xl/vbaProject.bin": b"x"}, "workbook_macros"),
        ({"xl/styles.xml": bomb}, "not_workbook"),
        ({"xl/styles.xml": bomb.decode().encode("utf-16")}, "not_workbook"),
    ):
        assert [problem.code for problem in read_book(repacked(good, change))[1]] == [code]


def test_a_zip_bomb_is_refused_by_what_it_declares_and_nothing_is_unpacked():
    good = workbook({"people": PEOPLE})
    bomb = repacked(good, {"xl/media/a.bin": b"\0" * 40_000_000})
    assert len(bomb) < 100_000
    tracemalloc.start()
    _, (problem,) = read_book(bomb, limits=Limits(workbook_unpacked_bytes=30_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (problem.code, peak < 2_000_000) == ("workbook_too_large", True)
    many = repacked(good, {f"xl/{number}.bin": b"" for number in range(60)})
    assert read_book(many, limits=Limits(workbook_parts=50))[1][0].code == "workbook_too_large"
    assert read_book(good, limits=Limits(workbook_bytes=100))[1][0].code == "too_large"


def test_a_part_that_is_larger_than_it_declares_is_not_unpacked_further():
    """The sizes in the directory of the archive are what is believed, and what is read at most."""
    good = workbook({"people": PEOPLE + [[f"p{number}", "x" * 200] for number in range(2, 3000)]})
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(BytesIO(good)) as archive:
        size = archive.getinfo(name).file_size
    lying = good.replace(struct.pack("<I", size), struct.pack("<I", 500))
    assert lying != good
    assert [problem.code for problem in read_book(lying)[1]] == ["not_workbook"]


def test_an_encrypted_part_is_refused():
    good = bytearray(workbook({"people": PEOPLE}))
    at = good.find(b"PK\x01\x02")
    good[at + 8] |= 1
    assert [problem.code for problem in read_book(bytes(good))[1]] == ["workbook_locked"]


@pytest.mark.parametrize("row", [b"1048577", b"99999999999999"])
def test_a_sheet_that_says_it_has_a_row_far_away_costs_no_time(row):
    good = workbook({"people": PEOPLE})
    sheet = part(good, "xl/worksheets/sheet1.xml").replace(b'<row r="2"', b'<row r="' + row + b'"')
    began = time.monotonic()
    tables, _ = read_book(repacked(good, {"xl/worksheets/sheet1.xml": sheet}))
    assert time.monotonic() - began < 10
    assert [rows(table) for table in tables] == [[]]


def test_too_many_columns_are_refused():
    table = only(workbook({"people": [[f"column {number}" for number in range(500)], ["x"]]}))
    assert [code for _, code in told(table)] == ["too_many_columns"]


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300), st.integers(0, 4000))
def test_no_damage_makes_it_crash(noise, place):
    good = workbook({"people": PEOPLE})
    spoiled = good[: place % len(good)] + noise + good[place % len(good) + len(noise) :]
    for content in (noise, b"PK" + noise, spoiled):
        tables, problems = read_book(content)
        assert tables or problems


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
            st.sampled_from(["=1+1", "+49", "-x", "@a", "\t=1", "'=1", "_x0041_", "_x005F_x0041_", "#REF!", "00123"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_text_that_is_written_is_read_back_and_none_is_a_formula(texts):
    """faults.md, "Formula cells in, CSV out", for workbooks. What the import trims of any cell is left out here."""
    writer = WorkbookWriter()
    writer.begin("people", ["id", "name"])
    for number, text in enumerate(texts):
        writer.add("people", [f"p{number}", text])
    content = writer.content()
    raw = sheets_of(content)["people"]
    assert not [cell for row in raw for cell in row if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@"))]
    table = only(content)
    every = [*table.rows, *(row for row, _ in table.broken)]
    assert {row.cells[0]: plain_cell(row.cells[1]).strip() for row in every} == {
        f"p{number}": read_as(text) for number, text in enumerate(texts)
    }


def read_as(text):
    """As the import reads any text: without spaces around it, with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
