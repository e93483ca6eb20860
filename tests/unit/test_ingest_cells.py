"""Cells out and in: no spreadsheet runs them, nothing is lost (faults.md, "Formula cells in, CSV out")."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.ingest.cells import csv_cell, plain_cell

NASTY = st.text(st.sampled_from("=+-@\t\r\n\x00'\" a1;,|Ж"), max_size=12)


@given(NASTY | st.text())
def test_what_goes_out_comes_back(text):
    assert plain_cell(csv_cell(text)) == text


@given(NASTY | st.text())
def test_nothing_goes_out_that_a_spreadsheet_would_run(text):
    assert not csv_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(NASTY.filter(lambda text: "\x00" not in text))
def test_a_whole_csv_file_comes_back(text):
    out = io.StringIO()
    csv.writer(out).writerow([csv_cell(text), "x"])
    (cells,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert [plain_cell(cells[0]), cells[1]] == [text, "x"]


@pytest.mark.parametrize("text", ["", "Anna", "12", "'tis", "O'Neill", "'"])
def test_harmless_cells_are_left_alone(text):
    assert (csv_cell(text), plain_cell(text)) == (text, text)


@pytest.mark.parametrize(
    ("text", "cell"), [("=1+1", "'=1+1"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"), ("'=x", "''=x")]
)
def test_known_cells(text, cell):
    assert csv_cell(text) == cell
