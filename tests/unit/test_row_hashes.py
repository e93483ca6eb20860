"""The hashes by which an import knows the rows of the one before it, and the log's place beside which they are kept."""

import base64
import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphcrm.database.position import LogEntry, last_entry
from graphcrm.ingest import row_hashes as hashes
from graphcrm.ingest.row_hashes import packed, row_hashes, unpacked
from graphcrm.ingest.tables import RawRow, RawTable
from graphcrm.vocabulary import VOCABULARY

COLUMNS = ("id", "name", "phone")
ROW = ("p1", "Anna", "1,5")


def table(*rows, columns=COLUMNS, label="Person"):
    return RawTable(
        "a.csv", VOCABULARY.nodes[label], columns, columns, [RawRow(2 + i, row) for i, row in enumerate(rows)]
    )


def of(raw):
    return row_hashes(raw)[0]


def test_a_row_keeps_its_hash_wherever_it_stands():
    one = table(ROW)
    assert of(replace(one, file="b.csv", rows=[RawRow(99, ROW)])) == of(one)


@pytest.mark.parametrize(
    "other",
    [
        table(("p1", "Anna", "1.5")),
        table(("p1", "Anna1", ",5")),
        table(ROW, columns=("id", "phone", "name")),
        table(ROW, columns=("id", "name", "")),
        table(ROW, label="Organization"),
        replace(table(ROW), delimiter=";"),
    ],
    ids=["cell", "border of cells", "mapping", "column left out", "kind", "comma in numbers"],
)
def test_what_changes_the_meaning_of_a_row_changes_its_hash(other):
    assert of(other) != of(table(ROW))


def test_another_version_of_the_program_knows_no_row(monkeypatch):
    before = of(table(ROW))
    monkeypatch.setattr(hashes, "_program", lambda: "another")
    assert of(table(ROW)) != before


texts = st.text(st.sampled_from("ab\x1f'\\,() "), max_size=4)


@given(st.tuples(texts, texts, texts), st.tuples(texts, texts, texts))
def test_two_rows_have_one_hash_only_if_they_are_equal(one, other):
    first, second = row_hashes(table(one, other))
    assert (first == second) == (one == other)


@given(st.dictionaries(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1)))
def test_what_is_packed_comes_back(rows):
    parts = packed(rows)
    assert unpacked(parts) == rows
    assert sum(map(len, parts)) == 16 * len(rows)


def test_many_rows_are_packed_in_parts(monkeypatch):
    monkeypatch.setattr(hashes, "PART", 3)
    rows = {number: -number % 2**64 for number in range(8)}
    assert [len(part) for part in packed(rows)] == [48, 48, 32]
    assert unpacked(packed(rows)) == rows


def bookmark(number: bytes, databases: bytes = b"\x91") -> str:
    content = databases + b"\xcc\x10" + bytes(range(16)) + number + b"\x90"
    return "FB:" + base64.b64encode(content).decode().rstrip("=")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (b"\x0d", 13),
        (b"\xc9" + struct.pack(">h", 300), 300),
        (b"\xca" + struct.pack(">i", 70_000), 70_000),
        (b"\xcb" + struct.pack(">q", 2**40), 2**40),
    ],
)
def test_a_bookmark_tells_the_last_transaction(number, expected):
    entry = last_entry(frozenset({bookmark(number)}))
    assert entry == LogEntry(bytes(range(16)).hex(), expected)
    assert str(entry.plus(2)) == f"{bytes(range(16)).hex()}:{expected + 2}"


def test_of_the_database_system_that_was_asked_too_nothing_is_told():
    """As Neo4j 2026.08 gives it once somebody in the process has asked, or explained, a SHOW."""
    seen = "FB:kswQAAAAAAAAAAAAAAAAAAAAATLMEBuH7j/0vUfkiJnOd1LGI+PJJ4WQ"
    assert last_entry(frozenset({seen})) == LogEntry("1b87ee3ff4bd47e48899ce7752c623e3", 0x2785)
    two = "FB:" + base64.b64encode(b"\x92" + (b"\xcc\x10" + bytes(range(16)) + b"\x0d") * 2 + b"\x90").decode()
    assert last_entry(frozenset({two})) is None, "two databases of which none is system"


@pytest.mark.parametrize(
    "position",
    [
        set(),
        {bookmark(b"\x0d"), bookmark(b"\x0e")},
        {bookmark(b"\x0d", b"\x92")},
        {bookmark(b"\xc9\x01")},
        {bookmark(b"\x0d").replace("FB:", "XX:")},
        {"FB:?"},
        {"neo4j:bookmark:v1:tx42"},
        {""},
    ],
)
def test_of_a_bookmark_of_another_form_nothing_is_told(position):
    assert last_entry(frozenset(position)) is None
