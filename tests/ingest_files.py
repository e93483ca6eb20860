"""Small imports for tests: files as texts, read, parsed and checked without a database."""

from io import BytesIO

from graphcrm.ingest.check import Checked, check_rows
from graphcrm.ingest.read import in_order, read_source
from graphcrm.ingest.reader import read_table
from graphcrm.ingest.rows import parse_table
from graphcrm.ingest.snapshot import NodeState, Snapshot, TieState
from graphcrm.ingest.sources import stream_sources, usable_sources
from graphcrm.ingest.tables import RawTable

ORGANIZATIONS = "id,name,kinds\nown,Meridian,own_firm\nverf,Verf,client\nbank,Bank,partner\n"
PEOPLE = "id,name\np1,Anna\np2,Boris\np3,Clara\ne1,Emil\n"
WORKS_AT = "person_id,organization_id\np1,verf\np2,verf\np3,verf\ne1,own\n"
BASE = {"organizations.csv": ORGANIZATIONS, "people.csv": PEOPLE, "works_at.csv": WORKS_AT}


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def streams(files: dict[str, str | bytes]):
    """What an upload gives: named byte streams."""
    return [(name, BytesIO(as_bytes(content))) for name, content in files.items()]


def read(content: str | bytes, name: str = "people.csv") -> RawTable:
    """One file, read."""
    (source,), problems = usable_sources(stream_sources([(name, BytesIO(as_bytes(content)))]))
    assert problems == []
    return read_table(source)


def check(files: dict[str, str | bytes], snapshot: Snapshot | None = None) -> Checked:
    """All files, read, parsed and checked against a graph (an empty one if none is given)."""
    sources, problems = usable_sources(stream_sources(streams(files)))
    assert problems == []
    tables = in_order(table for source in sources for table in read_source(source))
    return check_rows([parse_table(table) for table in tables], snapshot or Snapshot())


def told(files: dict[str, str | bytes], snapshot: Snapshot | None = None) -> list[tuple[str, str]]:
    """(place, sentence and mend) of every problem, sorted by place."""
    return sorted((problem.place, problem.describe()) for problem in check(files, snapshot).problems)


def stored(*nodes: NodeState, ties: tuple[TieState, ...] = ()) -> Snapshot:
    """A graph that holds these."""
    return Snapshot({node.id: node for node in nodes}, {tie.id: tie for tie in ties})


def person(person_id: str, **properties) -> NodeState:
    """A person as the graph holds one."""
    values = {"id": person_id, "name": person_id.title(), "version": 1, **properties}
    return NodeState(person_id, frozenset({"Entity", "Person"}), values)
