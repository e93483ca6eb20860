"""Any bytes become rows and problems, never a crash (faults.md, "Bad encodings, BOM, NUL, 10 MB cell, ...")."""

import csv
import io
import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphcrm.ingest.limits import Limits
from graphcrm.ingest.reader import read_table
from graphcrm.ingest.rows import parse_table
from graphcrm.ingest.sources import Source, path_sources, stream_sources, usable_sources
from tests.ingest_files import read

HEADER = "id,name,home_city\n"
PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
RUSSIAN = "id;name;home_city\np1;Ершова Анна Петровна;Санкт-Петербург\np2;Щукин Борис;Нижний Новгород\n"


def rows(table):
    return [(row.line, row.cells) for row in table.rows]


def faults(table):
    return [(problem.row, problem.code) for problem in table.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "koi8_r"])
def test_russian_files_are_read_in_every_usual_encoding(encoding):
    """Issue 3, section 4: UTF-8, also with BOM, cp1251, semicolon or comma found out."""
    table = read(RUSSIAN.encode(encoding))
    assert faults(table) == []
    assert table.columns == ("id", "name", "home_city")
    assert rows(table)[0] == (2, ("p1", "Ершова Анна Петровна", "Санкт-Петербург"))


def test_a_western_file_keeps_its_umlauts():
    table = read("id;name\np1;Jürgen Müller aus Köln\np2;Käthe Weiß\np3;Günther Schröder\n".encode("cp1252"))
    assert [cells[1] for _, cells in rows(table)] == ["Jürgen Müller aus Köln", "Käthe Weiß", "Günther Schröder"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found_out(delimiter):
    town = '"Bonn, Rhein"' if delimiter == "," else "Bonn, Rhein"
    table = read("\n".join([delimiter.join(["id", "name", "home_city"]), delimiter.join(["p1", "Anna", town])]))
    assert table.delimiter == delimiter
    assert rows(table) == [(2, ("p1", "Anna", "Bonn, Rhein"))]


def test_line_ends_may_be_mixed_and_a_cell_may_hold_one():
    table = read(b'id,name,home_city\r\np1,Anna,Bonn\np2,"Bo\r\nris",Ulm\rp3,Clara,Jena\r\n')
    assert rows(table) == [(2, ("p1", "Anna", "Bonn")), (3, ("p2", "Bo\r\nris", "Ulm")), (5, ("p3", "Clara", "Jena"))]


def test_a_bad_row_is_told_by_its_line_and_the_others_are_read():
    table = read(
        b"id,name,home_city\n"
        b"p1,Anna,Bonn\n"
        b"p2,Bo\x00ris,Ulm\n"
        b"p3,Clara\n"
        b"p4,D,E,F\n"
        b"p5,\xff\xfe,Jena\n"
        b"p6,J\xc3\xbcrgen,Jena\n"
        b"p7,Zo\xc3\xa9,Jena\n"
    )
    assert [cells[0] for _, cells in rows(table)] == ["p1", "p6", "p7"]
    assert faults(table) == [
        (3, "control_character"),
        (4, "wrong_cell_count"),
        (5, "wrong_cell_count"),
        (6, "bad_encoding"),
    ]
    assert table.problems[1].describe() == (
        "The row has 2 cells, the first line 3. Check the separators; put text that holds one into quotation marks."
    )


def test_a_cell_of_ten_megabytes_is_refused_in_bounded_memory():
    content = HEADER.encode() + b"p1,Anna,Bonn\np2," + b"x" * 10_000_000 + b",Ulm\np3,Clara,Jena\n"
    tracemalloc.start()
    table = read(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [cells[0] for _, cells in rows(table)] == ["p1", "p3"]
    assert faults(table) == [(3, "line_too_long")]
    assert peak < 45_000_000  # the upload itself (twice: as given and as read) and little more


def test_a_million_columns_are_refused():
    table = read(b"," * 1_000_000 + b"\n1,2\n")
    assert table.rows == []
    assert {code for _, code in faults(table)} == {"too_many_columns"}


def test_a_row_of_a_million_cells_is_refused_alone():
    table = read(HEADER.encode() + b"," * 900_000 + b"\np2,Boris,Ulm\n")
    assert [cells[0] for _, cells in rows(table)] == ["p2"]


def test_a_quotation_mark_that_is_never_closed_costs_the_rows_it_swallows_and_no_more():
    table = read((HEADER + 'p1,"Anna,Bonn\n' + "p2,Boris,Ulm\n" * 20_000 + "p3,Clara,Jena\n").encode())
    assert table.problems[0].code == "broken_row"
    assert rows(table)[-1][1] == ("p3", "Clara", "Jena")


def test_empty_lines_are_passed_over():
    assert rows(read(HEADER + "\np1,Anna,Bonn\n\n,,\np2,Boris,Ulm")) == [
        (3, ("p1", "Anna", "Bonn")),
        (6, ("p2", "Boris", "Ulm")),
    ]


def test_an_empty_file_is_told():
    assert faults(read(b"")) == [(0, "empty_file")]
    assert faults(read(b"\n\n")) == [(0, "empty_file")]


@pytest.mark.parametrize("name", ["version", "_lock", "labels", "role", "locked", "_anything"])
def test_internal_columns_are_refused(name):
    """faults.md: "Header tries to set internal fields" (mass assignment)."""
    table = read(f"id,name,{name}\np1,Anna,9\n")
    assert [problem.describe() for problem in table.problems] == [
        f"The column {name} is kept by graphcrm itself and cannot be imported. Remove it."
    ]
    assert [parse_table(table).rows[0].values] == [{"name": "Anna"}]


@pytest.mark.parametrize("name", ["na`me", "\\u0060name", "name`}) DETACH DELETE n //", "n ame", "$(label)"])
def test_a_hostile_column_is_plain_text(name):
    table = read(f'id,name,"{name}"\np1,Anna,9\n')
    (problem,) = table.problems
    assert (problem.code, problem.column, table.columns) == ("unknown_column", name, ("id", "name", ""))


def test_an_unknown_column_is_told_with_the_nearest():
    (problem,) = read("id,name,birthdate\np1,Anna,1968\n").problems
    assert problem.describe() == "There is no column birthdate in this file. Did you mean birth_date?"
    assert problem.place == "people.csv:1:birthdate"


def test_a_column_twice_and_a_column_missing_are_told():
    assert faults(read("id,name,name\n")) == [(1, "double_column")]
    assert faults(read("country\nDE\n", "regions.csv")) == [(1, "missing_column")]
    assert faults(read("person_id\np1\n", "reports_to.csv")) == [(1, "missing_column")]


def test_the_problem_column_of_refused_rows_is_passed_over():
    assert faults(read("id,name,problem\np1,Anna,It was wrong.\n")) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("people.doc", b"id\n", "not_csv"),
        ("people.xlsx", b"PK\x03\x04", "not_workbook"),
        ("people.csv", b"PK\x03\x04" + b"\x00" * 100, "not_csv"),
        ("people.csv", b"\x1f\x8b\x08", "not_csv"),
        ("people.csv", b"%PDF-1.7", "not_csv"),
    ],
)
def test_the_wrong_type_is_refused_before_it_is_read(name, content, code):
    _, (problem,) = usable_sources(stream_sources([(name, BytesIO(content))]))
    assert problem.code == code


def test_the_nearest_file_name_is_offered():
    (problem,) = read("id\n", "peple.csv").problems
    assert problem.describe() == (
        "Nothing is imported from a file of this name. "
        "Name it like one of the documented files; the nearest is people.csv."
    )


class Unreadable(BytesIO):
    """A stream that may be measured and not read."""

    def __init__(self, size):
        super().__init__()
        self.size = size

    def seek(self, *_):
        return 0

    def tell(self):
        return self.size

    def read(self, *_):
        raise AssertionError("read")


def test_too_much_is_measured_and_refused_before_it_is_read():
    limits = Limits(file_bytes=1000, total_bytes=1500)
    for sizes, code in (([1001], "too_large"), ([900, 900], "total_too_large"), ([10**12], "total_too_large")):
        names = ["people.csv", "regions.csv"][: len(sizes)]
        streams = [(name, Unreadable(size)) for name, size in zip(names, sizes, strict=True)]
        sources = stream_sources(streams, limits)
        assert [source.size for source in sources] == sizes
        assert [problem.code for problem in usable_sources(sources, limits)[1]] == [code]


def test_a_folder_a_pipe_and_a_broken_link_in_the_folder_do_no_harm(tmp_path):
    (tmp_path / "people.csv").mkdir()
    (tmp_path / "units.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "notes.txt").write_text("not read")
    usable, problems = usable_sources(path_sources(tmp_path))
    assert usable == []
    assert [(problem.file, problem.code) for problem in problems] == [
        ("people.csv", "unreadable"),
        ("units.csv", "unreadable"),
    ]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_crash(content):
    source = Source("people.csv", len(content), None, content)
    parse_table(read_table(source))
    parse_table(read_table(Source("people.csv", 0, None, HEADER.encode() + content)))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(PLAIN_TEXT, st.text(max_size=20)), max_size=8))
def test_no_text_makes_it_crash_and_every_row_is_accounted_for(pairs):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "name"])
    writer.writerows(pairs)
    content = out.getvalue().encode("utf-8", "surrogatepass")
    table = read_table(Source("people.csv", len(content), None, content))
    wanted = [pair for pair in pairs if any(pair)]
    assert len(table.rows) + len(table.broken) == len(wanted)
