"""The quick check of whole columns takes nothing that the importer's own refuses, and makes the same of the rest."""

import csv
import io
import re
from collections import Counter
from datetime import UTC, date, datetime
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.clientele import HEADERS, rows
from graphcrm.domain.viewer import OWNER
from graphcrm.ingest import column_values
from graphcrm.ingest.column_plan import plan_of_columns, tables_of_columns
from graphcrm.ingest.column_values import PLAIN, stored_column
from graphcrm.ingest.columns import Doubtful, read_all_columns
from graphcrm.ingest.mapping import PLAIN as NO_MAPPING
from graphcrm.ingest.offline import OfflineTable, stored_text, tables_of_plan
from graphcrm.ingest.plan import TieWrite
from graphcrm.ingest.report import no_progress
from graphcrm.ingest.rows import cell_values
from graphcrm.ingest.sources import stream_sources
from graphcrm.ingest.tie_labels import LABELS
from graphcrm.ingest.values import Reading
from graphcrm.services._first_import import first_import
from graphcrm.services._importing import check_for_empty
from graphcrm.vocabulary import VOCABULARY

SEED = Path(__file__).resolve().parents[2] / "seed"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOW.date()
Files = dict[str, bytes]


def by_columns(files: Files) -> list[OfflineTable] | None:
    """None where it is in doubt."""
    try:
        tables = read_all_columns(stream_sources(given_as(files)), NO_MAPPING)
        return list(tables_of_columns(plan_of_columns(tables, today=date.today()), today=TODAY, now=NOW))
    except Doubtful:
        return None


def by_rows(files: Files) -> list[OfflineTable] | None:
    """None where there are problems."""
    plan = check_for_empty(OWNER, given_as(files))
    return None if plan.problems else list(tables_of_plan(plan._writes, NOW))


def given_as(files: Files) -> list[tuple[str, io.BytesIO]]:
    return [(name, io.BytesIO(content)) for name, content in files.items()]


def assert_first_import_writes_the_same(files: Files) -> bool:
    """What columns bring into an empty graph is what rows bring; False if columns are in doubt."""
    first = first_import(stream_sources(given_as(files)), NO_MAPPING, no_progress)
    if first is None:
        return False
    plan = check_for_empty(OWNER, given_as(files))
    assert not plan.problems
    assert first.writes.nodes == plan._writes.nodes
    ties, wanted = (sorted(one.ties, key=attrgetter("id")) for one in (first.writes, plan._writes))
    assert ties == wanted
    assert [*map(types_in, ties)] == [*map(types_in, wanted)], "1 is not 1.0"
    assert first.writes.counts == plan._writes.counts
    assert first.notes == plan.notes
    assert first.rows() == plan._rows()
    return True


def types_in(write: TieWrite) -> dict[str, type]:
    return {name: type(value) for name, value in write.properties.items()}


def content(tables: list[OfflineTable]) -> Counter:
    """All nodes and ties, without the labels that rest on ties."""
    records = [(table, record) for table in tables for record in records_of(table)]
    ids = {record[":ID"]: record.get("id:string", "") for table, record in records if not table.is_ties}
    assert sorted(ids) == list(range(len(ids))), "numbered in order"
    found = Counter()
    for table, record in records:
        kept = {name: value for name, value in record.items() if value is not None and name[0] != ":"}
        kept.pop("batch:string", None)
        numbers = {name: float(value) for name, value in kept.items() if name.endswith((":double", ":long"))}
        moments = {name: datetime.fromisoformat(kept[name]) for name in kept if name.endswith(":datetime")}
        ends = (record[":TYPE"], ids[record[":START_ID"]], ids[record[":END_ID"]]) if table.is_ties else labels(record)
        found[ends, tuple(sorted((kept | numbers | moments).items()))] += 1
    return found


def records_of(table: OfflineTable) -> list[dict]:
    columns = [column.to_pylist() for column in table.columns.values()]
    return [dict(zip(table.columns, record, strict=True)) for record in zip(*columns, strict=True)]


def labels(record: dict) -> tuple[str, ...]:
    return tuple(sorted({*record[":LABEL"].split("|")} - {*LABELS, "LabelsDue"}))


def text_of(header: tuple[str, ...], lines: list[tuple]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *lines])
    return out.getvalue().encode()


def clientele(people: int) -> Files:
    lines: dict[str, list[tuple]] = {}
    for stem, cells in rows(people):
        lines.setdefault(stem, []).append(cells)
    return {f"{stem}.csv": text_of(HEADERS[stem], own) for stem, own in lines.items()}


@pytest.mark.parametrize("files", [{p.name: p.read_bytes() for p in SEED.glob("*.csv")}, clientele(3_000)],
                         ids=["demo", "bench"])  # fmt: skip
def test_columns_and_rows_make_the_same_of_whole_clienteles(files):
    """3,000 people: enough for columns of so many texts that the plain forms are looked for first."""
    quick, thorough = by_columns(files), by_rows(files)
    assert quick is not None, "a clientele without faults is not to take the slow way"
    assert content(quick) == content(thorough)
    assert assert_first_import_writes_the_same(files)


AWKWARD = {
    "organizations.csv": b"id,name,kinds,country,employees,market_share\nverf,Werft,client|partner,DE,,2.5e1\n"
    b"own,Own,own_firm,,7,0.1\nbank,Bank,partner,,,\n",
    "people.csv": "id,name,birth_date,expertise,email,achievements\n"
    'p1,"Anna ""the quick"" Adler",~1968-05,"say ""no""|steel, pumps",anna@firm.example,"one\nsecond, line"\n'
    "p2,Ольга ♥,--05-09,,,'=1+1\np3,Kim,2019,,,\ne1,Emil,1970-01-02,law,,\n".encode(),
    "works_at.csv": b"person_id,organization_id,title,level,until,valid_from,valid_to\n"
    b"p1,verf,Head,2,~2030,2020-01-01,\np2,verf,,1,,,2021-05-05\ne1,own,Sales,3,,,\n",
    "reports_to.csv": b"person_id,boss_id,confidence,valid_from,valid_to\np2,p1,0.8,,2020-01-01\np1,p2,1,2021-01-01,\n",
    "knows.csv": b"person_id,other_id,strength,recorded_at,source\np2,p1,3,2020-01-02T03:04:05.678+02:00,\ne1,p1,,,\n",
    "stakeholders.csv": b"id,person_id,subject_id,roles,valid_from\ns1,p1,verf,user|coach,\n,p2,d1,,2020-01-01\n",
    "deals.csv": "id,name,stage,client_id,value,due\nd1,Насосы,tender,verf,1000,2026-12-31\n".encode(),
    "interactions.csv": b"id,kind,date,participant_ids,employee_ids\n"
    b"i1,meeting,2026-11-02,p1|p2,e1\ni2,call,2026-11-02,p3,e1\n",
}
ONE_LINE_EACH = {name: content.replace(b"one\nsecond", b"one second") for name, content in AWKWARD.items()}
CELLS = [
    "", " ", "x", "'=1", "'x", "a|b", "|", "p1|", "-5", "-0", "1e3", "1,5", "1,500", "12 000", "50%", "11", "0.8",
    "1968-05", "--05-09", "31.12.1999", "1968-05-09", "2015-05-05", "2015", "2026-02-30", "9999-12-31", "2026-01-02",
    "2026-01-02T03:04:05+02:00", "2026-01-02T03:04:05Z", "true", "да", "Клиент", "client|client", "007", "p1||p2",
    "\u00a0x", "x\u2003", "x\x85", "é", "\u2028", "x\ufeff", "p1", "p1 ", "'p1", "p1|p2", "p1|p1", "p1||p2",
    "p2| p1", "verf", "e1", "own", "d1", "nobody", "x" * 1001, '"', 'a"b', "a\nb", "a\r\nb", "a\rb", "\\", "\x00",
    "DE", "de", "Германия", "NaN", "inf", "1e400", "9" * 19, "+49 431 123456", "a@b.de", "a@b.c", "٣", "１",
]  # fmt: skip
BYTES = [*(sign.encode() for sign in "\"\r\n\x00,;| '\ufeff\x85"), b"\xff", b"\xc3", b"\xed\xa0\x80"]


def edited(files: Files, name: str, edit) -> Files:
    lines = list(csv.reader(io.StringIO(files[name].decode(), newline="")))
    edit(lines)
    return files | {name: text_of(tuple(lines[0]), [tuple(line) for line in lines[1:]])}


@st.composite
def changed_cells(draw, of: Files = AWKWARD) -> Files:
    """One to three cells, names of columns among them, with another text."""
    files = dict(of)
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.one_of(st.sampled_from(CELLS), st.text(max_size=6)))
        where = draw(st.tuples(st.integers(0, 50), st.integers(0, 50)))

        def put(lines, text=text, where=where):
            line = lines[where[0] % len(lines)]
            line[where[1] % len(line)] = text.encode("utf-8", "replace").decode()

        files = edited(files, draw(st.sampled_from(sorted(files))), put)
    return files


@st.composite
def changed_lines(draw, of: Files = AWKWARD) -> Files:
    """A line twice, or gone, or a file that is."""
    files, name = dict(of), draw(st.sampled_from(sorted(of)))
    place = draw(st.integers(1, 4))
    how = draw(st.sampled_from(["twice", "gone", "no file", "blank"]))
    if how == "no file":
        return {one: content for one, content in files.items() if one != name}

    def change(lines):
        line = lines[1 + place % (len(lines) - 1)]
        {"twice": lambda: lines.append(list(line)), "gone": lambda: lines.remove(line),
         "blank": lambda: lines.append([""] * len(line))}[how]()  # fmt: skip

    return edited(files, name, change)


@st.composite
def changed_bytes(draw) -> Files:
    """Bytes in the midst of a file."""
    name = draw(st.sampled_from(sorted(AWKWARD)))
    content, at = AWKWARD[name], draw(st.integers(0, 400))
    at %= len(content)
    return AWKWARD | {name: content[:at] + draw(st.sampled_from(BYTES)) + content[at + draw(st.integers(0, 1)) :]}


@pytest.fixture
def forms_first(monkeypatch):
    """The plain forms are looked for in every column, as in one of many texts."""
    monkeypatch.setattr(column_values, "_FEW", -1)


def test_the_awkward_files_are_plain_enough(forms_first):
    quick, thorough = by_columns(AWKWARD), by_rows(AWKWARD)
    assert quick is not None
    assert thorough is not None
    assert content(quick) == content(thorough)
    assert not assert_first_import_writes_the_same(AWKWARD), "a cell with an end of a line has no line of its own"
    assert assert_first_import_writes_the_same(ONE_LINE_EACH)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.one_of(changed_cells(), changed_lines(), changed_bytes()))
def test_nothing_is_taken_that_the_importer_refuses_and_nothing_is_read_otherwise(forms_first, files):
    """faults.md, import: whatever is in the files, the quick way takes it as the thorough way does, or not at all."""
    if (quick := by_columns(files)) is not None:
        thorough = by_rows(files)
        assert thorough is not None, "the importer refuses it"
        assert content(quick) == content(thorough)
    assert_first_import_writes_the_same(files)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.one_of(changed_cells(ONE_LINE_EACH), changed_lines(ONE_LINE_EACH)))
def test_a_first_import_by_columns_writes_what_one_by_rows_writes(forms_first, files):
    """faults.md, import: whatever is in the files."""
    assert_first_import_writes_the_same(files)


KINDS = {
    prop.type: (kind, prop.name)
    for kind in (*VOCABULARY.nodes.values(), *VOCABULARY.ties.values())
    for prop in kind.properties.values()
    if kind.file and not prop.many
}


@pytest.mark.parametrize("kind", sorted(PLAIN))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_plain_form_is_one_that_the_parser_leaves(forms_first, kind, data):
    """All texts of the form, and those near it."""
    form = re.compile(PLAIN[kind].replace(r"\p{L}\p{N}", r"\w").replace("(?s:", "(?:"))
    cells = data.draw(st.lists(st.one_of(st.from_regex(form), st.sampled_from(CELLS)), min_size=1, max_size=4))
    node, name = KINDS[kind]
    values = cell_values(node, name, Reading())
    wanted = [values[cell] for cell in cells]
    try:
        found = stored_column(pa.array(cells), node, name, Reading()).to_pylist()
    except Doubtful:
        return
    assert values.faults == 0, cells
    for text, value in zip(found, wanted, strict=True):
        if isinstance(value, float | int):
            assert float(text) == value
        elif isinstance(value, datetime):
            assert datetime.fromisoformat(text) == value
        else:
            assert text == (None if value is None else stored_text(value))
