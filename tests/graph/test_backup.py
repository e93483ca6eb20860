"""Backup and restore (C1.8, faults.md): everything comes back equal, damaged files change nothing, kills leave no half.

"Equal" is judged by a dump that is written here and shares no code with the backup.
"""

import os
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphcrm.bootstrap import bundled
from graphcrm.database import snapshot
from graphcrm.database.deadline import Deadline
from graphcrm.database.migrations import known_migrations
from graphcrm.database.typed_json import encode, encoded_moment
from graphcrm.domain.viewer import OWNER, Viewer
from graphcrm.errors import DatabaseError, FolderNotWritable, Forbidden, InvalidInput, NotFound
from graphcrm.services import _backup_file, backup
from graphcrm.services.backup import back_up, restore, verify
from graphcrm.services.importing import import_folder

OURS = "n:TestDatabase OR n:Migration OR n:MigrationLock OR n:LastImport"
ALL_TYPES = """
CREATE (a:Entity:Person:`Strange label` {
  id: 'types', b: true, i: 9007199254740993, f: 1.0, g: -0.0, nan: 0.0 / 0.0, inf: 1.0 / 0.0, s: 'Ёж \\u0000 "x"\\n',
  d: date('1968-05-09'), lt: localtime('23:59:59.999999999'), t: time('01:02:03.000000004+05:30'),
  ldt: localdatetime('1815-06-18T11:35:00.123456789'), dt: datetime('2026-10-25T02:30:00.000000001+02:00'),
  twice: datetime({epochSeconds: 1792891800, timezone: 'Europe/Berlin'}),
  zone: datetime('1999-12-31T23:59:59.999999999[Asia/Kolkata]'),
  du: duration('P1Y2M3DT4H5M6.789012345S'), back: duration('-P5M-3DT-0.5S'),
  p2: point({x: 1.5, y: -2}), p3: point({x: 1, y: 2, z: 3}), w2: point({longitude: 37.6, latitude: 55.7}),
  w3: point({longitude: 1, latitude: 2, height: 3}),
  list: ['b', 'a'], none: [], dates: [date('2026-01-01'), date('2025-01-01')], floats: [1.0, 2.5]})
CREATE (c:Command {key: 'a key', at: datetime('2026-11-24T10:00:00Z')})
CREATE (m:Entity:MapPosition {id: 'place', node_ids: ['types'], xs: [1.0], ys: [-2.5]})
CREATE (ch:Entity:Change {id: 'change', before: '{}', version: 2})
CREATE ()-[:LOOSE {no_id: true}]->(:Bare)
CREATE (a)-[:KNOWS {id: 't1', since: date('2020-02-29'), w: 0.25}]->(a), (a)-[:`odd type` {id: 't2'}]->(ch)
CREATE (a)-[:SAME {n: 1}]->(m), (a)-[:SAME {n: 1}]->(m)
CREATE (a)-[:AT {n: 1, recorded_at: datetime('1969-12-31T23:59:58.000000007-03:30')}]->(m)
CREATE (a)-[:AT {n: 2, recorded_at: datetime('2026-11-24T10:00:00Z'), since: datetime('2020-01-01T00:00:00Z')}]->(m)
CREATE (a)-[:AT {n: 3, recorded_at: datetime({epochSeconds: 1792891800, timezone: 'Europe/Berlin'})}]->(m)
CREATE (a)-[:AT {n: 4, recorded_at: localdatetime('2026-11-24T10:00:00')}]->(m)
CREATE (a)-[:AT {n: 5, recorded_at: '2026-11-24T10:00:00Z'}]->(m), (a)-[:AT {n: 6, recorded_at: [1, 2]}]->(m)
"""


def dump(db) -> tuple[list[str], list[str]]:
    """Every node and tie as Neo4j itself writes it: types by valueType(), values by toString()."""
    words = (
        "reduce(all = [], k IN keys(x) | all + [k + ' ' + valueType(x[k]) + ' ' + "
        "coalesce(toStringOrNull(x[k]), reduce(s = '', v IN CASE WHEN valueType(x[k]) STARTS WITH 'LIST' "
        "THEN x[k] ELSE [] END | s + '|' + toString(v)))])"
    )
    one = f"CALL (x) {{ RETURN {words} AS values }}"
    nodes = db.read(f"MATCH (n) WHERE NOT ({OURS}) WITH n, n AS x {one} RETURN labels(n) AS l, values AS v")
    ties = db.read(
        f"MATCH (a)-[x]->(b) {one} RETURN type(x) AS l, values AS v, "
        "coalesce(a.id, labels(a)[0]) AS s, coalesce(b.id, labels(b)[0]) AS e"
    )
    return (
        sorted(repr((sorted(row["l"]), sorted(row["v"]))) for row in nodes),
        sorted(repr((row["l"], sorted(row["v"]), row["s"], row["e"])) for row in ties),
    )


def empty(db) -> None:
    db.write("DROP CONSTRAINT restoring_number IF EXISTS")
    while db.write(f"MATCH (n) WHERE NOT ({OURS}) WITH n LIMIT 2000 DETACH DELETE n RETURN count(n) AS gone").rows[0][
        "gone"
    ]:
        pass


@pytest.fixture
def typed(database):
    empty(database)
    database.write(ALL_TYPES)
    yield database
    empty(database)


@pytest.fixture
def made(typed, tmp_path: Path) -> Path:
    back_up(typed, OWNER, tmp_path / "b.zip")
    return tmp_path / "b.zip"


def test_every_type_comes_back_equal(typed, made: Path):
    before = dump(typed)
    assert any("nan FLOAT NOT NULL NaN" in line for line in before[0])
    empty(typed)
    report = restore(typed, OWNER, made)
    assert dump(typed) == before
    assert (report.nodes, report.ties, report.one_moment) == (6, 11, True)
    zone = "MATCH (n {id: 'types'}) RETURN n.zone.timezone AS zone, n.twice.offset AS offset, n.i AS i"
    assert typed.read(zone) == [{"zone": "Asia/Kolkata", "offset": "+01:00", "i": 9007199254740993}]
    assert typed.read("SHOW CONSTRAINTS YIELD name WHERE name = 'restoring_number' RETURN name") == []
    assert typed.read("MATCH (n) WHERE n:Restoring OR n._restore IS NOT NULL RETURN n") == []


def test_moments_of_ties_are_written_as_the_driver_would_have_given_them(database):
    """Read as numbers for speed; a backup made before is compared by hashes with what is read now."""
    query = """
    UNWIND range(-20, 24) AS k
    UNWIND ['Z', '+05:30', '-11:00', 'UTC', 'GMT', 'Zulu', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'] AS zone
    WITH datetime({epochSeconds: k * 86399731, nanosecond: abs(k) * 16543211, timezone: zone}) AS m
    RETURN m, m.epochMillis AS s, m.nanosecond AS n, m.offsetSeconds AS o, m.timezone AS z
    """
    rows = database._transact("READ", lambda tx, _: [row.values() for row in tx.run(query)], Deadline(30, 5))
    assert len(rows) == 45 * 9
    assert [encoded_moment(*numbers) for _, *numbers in rows] == [encode(moment) for moment, *_ in rows]


def test_the_demo_comes_back_equal_and_is_the_same_backup_again(database, tmp_path: Path):
    import_folder(database, OWNER, bundled("seed"))
    before = dump(database)
    assert len(before[0]) + len(before[1]) > 10_000
    back_up(database, OWNER, tmp_path / "a.zip")
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0
    empty(database)
    restore(database, OWNER, tmp_path / "a.zip")
    assert dump(database) == before
    back_up(database, OWNER, tmp_path / "b.zip")
    parts = [_backup_file.BackupFile(tmp_path / name).manifest.parts for name in ("a.zip", "b.zip")]
    assert parts[0]["nodes"].count == parts[1]["nodes"].count
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "b.zip"}


def test_the_empty_graph(database, tmp_path: Path):
    back_up(database, OWNER, tmp_path / "b.zip")
    assert restore(database, OWNER, tmp_path / "b.zip").nodes == 0


def test_only_into_an_empty_database(typed, made: Path):
    before = dump(typed)
    with pytest.raises(InvalidInput, match=r"The database is not empty \(6 nodes\); nothing was changed") as refused:
        restore(typed, OWNER, made, is_local=True)
    assert "graphcrm db reset" in (refused.value.mend or "")
    with pytest.raises(InvalidInput, match="on the server is not empty") as refused:
        restore(typed, OWNER, made)
    assert "NEO4J_URI" in (refused.value.mend or "")
    assert "reset" not in (refused.value.mend or ""), "a server is not ours to empty"
    assert dump(typed) == before


def test_an_existing_file_is_left_alone(typed, tmp_path: Path):
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(InvalidInput, match=r"There is a file .* already"):
        back_up(typed, OWNER, tmp_path / "b.zip")
    assert (tmp_path / "b.zip").read_text() == "mine"


def test_a_file_that_appears_meanwhile_is_left_alone(typed, tmp_path: Path, monkeypatch):
    real = backup._take

    def slow(db, draft):
        (tmp_path / "b.zip").write_text("theirs")
        return real(db, draft)

    monkeypatch.setattr(backup, "_take", slow)
    with pytest.raises(InvalidInput, match=r"There is a file .* already"):
        back_up(typed, OWNER, tmp_path / "b.zip")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("b.zip", "theirs")]


def test_a_full_disk_leaves_nothing(typed, tmp_path: Path, monkeypatch):
    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(_backup_file.Draft, "_turn_to", full)
    with pytest.raises(FolderNotWritable, match=r"could not be written to .*: No space left on device"):
        back_up(typed, OWNER, tmp_path / "b.zip")
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_wrongly_gets_no_name(typed, tmp_path: Path, monkeypatch):
    real = os.fsync

    def rot(descriptor):
        os.pwrite(descriptor, b"\xff" * 20, 60)
        real(descriptor)

    monkeypatch.setattr(_backup_file.os, "fsync", rot)
    with pytest.raises(InvalidInput, match="is not a whole backup"):
        back_up(typed, OWNER, tmp_path / "b.zip")
    assert list(tmp_path.iterdir()) == []


def test_every_flipped_byte_is_seen_or_does_no_harm(typed, made: Path, tmp_path: Path):
    """A byte in the content, its hash or the directory is seen; dates and the like of the zip are nobody's content."""
    data = made.read_bytes()
    told = _backup_file.BackupFile(made).manifest
    seen = 0
    for place in range(0, len(data), 7):
        bad = tmp_path / "bad.zip"
        bad.write_bytes(data[:place] + bytes([data[place] ^ 0x10]) + data[place + 1 :])
        try:
            verify(bad)
        except InvalidInput:
            seen += 1
        else:
            assert _backup_file.BackupFile(bad).manifest == told
    assert seen > len(data) // 7 * 0.8


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_changes_nothing(database, made: Path, tmp_path: Path, share):
    empty(database)
    bad = tmp_path / "bad.zip"
    bad.write_bytes(made.read_bytes()[: int(made.stat().st_size * share)])
    with pytest.raises(InvalidInput, match="is not a whole backup of graphcrm"):
        restore(database, OWNER, bad)
    assert dump(database) == ([], [])


def rezip(source: Path, target: Path, change) -> Path:
    with zipfile.ZipFile(source) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.pop("ties.jsonl"),
        lambda members: members.pop("manifest.sha256"),
        lambda members: members.update({"../outside": b"x"}),
        lambda members: members.update({"/etc/passwd": b"x"}),
        lambda members: members.update({"nodes.jsonl": members["nodes.jsonl"].replace(b"Strange", b"Strangf")}),
        lambda members: members.update({"nodes.jsonl": b"0" * 200_000_000}),
        lambda members: members.update({"manifest.json": b" " * 50_000_000}),
        lambda members: members.update({"manifest.json": members["manifest.json"].replace(b"true", b"false")}),
        lambda members: members.clear(),
    ],
    ids=["no ties", "no hash", "climbing", "absolute", "changed", "bomb", "bomb manifest", "manifest", "nothing"],
)
def test_a_file_that_was_tampered_with_changes_nothing(database, made: Path, tmp_path: Path, change):
    empty(database)
    with pytest.raises(InvalidInput, match="is not a whole backup of graphcrm"):
        restore(database, OWNER, rezip(made, tmp_path / "bad.zip", change))
    assert dump(database) == ([], [])
    assert not (tmp_path.parent / "outside").exists()


def with_manifest(source: Path, target: Path, old: bytes, new: bytes) -> Path:
    import hashlib

    def change(members):
        assert old in members["manifest.json"]
        members["manifest.json"] = members["manifest.json"].replace(old, new)
        members["manifest.sha256"] = hashlib.sha256(members["manifest.json"]).hexdigest().encode()

    return rezip(source, target, change)


def test_newer_formats_and_schemas_are_refused(database, made: Path, tmp_path: Path):
    empty(database)
    newest = known_migrations()[-1].name.encode()
    for old, new in ((b'"format": 1', b'"format": 2'), (newest, b"9999_tomorrow")):
        with pytest.raises(InvalidInput, match="was made by a newer graphcrm"):
            restore(database, OWNER, with_manifest(made, tmp_path / "new.zip", old, new))
    assert dump(database) == ([], [])


def test_no_file_and_another_file(database, tmp_path: Path):
    with pytest.raises(NotFound, match="There is no file"):
        restore(database, OWNER, tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("hello")
    with pytest.raises(InvalidInput, match="is not a whole backup"):
        verify(tmp_path / "text.zip")


def test_who_does_not_see_everything_may_not(database, tmp_path: Path):
    for role in ("manager", "analyst", "reader"):
        with pytest.raises(Forbidden):
            back_up(database, Viewer("x", "X", role), tmp_path / "b.zip")
        with pytest.raises(Forbidden):
            restore(database, Viewer("x", "X", role), tmp_path / "b.zip")


@pytest.mark.parametrize("step", ["write_nodes", "write_ties", "all_is_written", "read_all", "settle_restore"])
def test_a_restore_broken_off_at_any_step_is_told_and_begun_again(typed, made: Path, monkeypatch, step):
    before = dump(typed)
    empty(typed)
    real = getattr(snapshot, step)

    def broken(*given):
        if step == "write_nodes":
            real(*given)  # written, though the answer is lost
        raise DatabaseError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(snapshot, step, broken)
        with pytest.raises(DatabaseError, match="gone"):
            restore(typed, OWNER, made)
    if step != "settle_restore":
        with pytest.raises(InvalidInput, match=r"An earlier restore .* was broken off.*restore --again"):
            restore(typed, OWNER, made)
    restore(typed, OWNER, made, again=step != "settle_restore")
    assert dump(typed) == before


def test_what_a_restore_of_an_older_graphcrm_left_is_taken_away(typed, made: Path):
    before = dump(typed)
    empty(typed)
    typed.write(
        "CREATE (:Restoring {_restore: -1, file: 'x', phase: 'writing', started_at: datetime()}), "
        "(:Restoring:Entity {_restore: 0, id: 'left'}), (:Restoring:Entity {id: 'left too'})"
    )
    restore(typed, OWNER, made, again=True)
    assert dump(typed) == before


def test_who_writes_during_a_restore_is_noticed(typed, made: Path, monkeypatch):
    empty(typed)
    real = snapshot.write_ties

    def meanwhile(db, rows, elements):
        db.write("CREATE (:Entity {id: randomUUID()})")
        return real(db, rows, elements)

    monkeypatch.setattr(snapshot, "write_ties", meanwhile)
    with pytest.raises(DatabaseError, match="is not what the backup holds"):
        restore(typed, OWNER, made)


WRITE = "CREATE (a:Entity {id: $a})-[:PAIR {id: $a}]->(b:Entity {id: $b})"


def test_while_others_write_every_tie_has_its_ends_and_it_is_said(typed, tmp_path: Path):
    """A writer makes pairs without a pause: the backup either is of one moment, or says that it is not."""
    stop, written = threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            typed.write(WRITE, {"a": f"a{len(written)}", "b": f"b{len(written)}"})
            written.append(1)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        report = back_up(typed, OWNER, tmp_path / "b.zip")
    finally:
        stop.set()
        thread.join()
    assert written
    assert report.one_moment is False
    empty(typed)
    restore(typed, OWNER, tmp_path / "b.zip")
    assert typed.read("MATCH (a)-[:PAIR]->(b) WHERE substring(a.id, 1) <> substring(b.id, 1) RETURN a") == []


def test_a_writer_who_pauses_leaves_a_picture_of_one_moment(typed, tmp_path: Path, monkeypatch):
    """The first reading is disturbed; the second is not, and holds what was written during the first."""
    real, disturbed = snapshot._records, []

    def disturbing(db, tx, deadline, name):
        if not disturbed:
            disturbed.append(db.write(WRITE, {"a": "a0", "b": "b0"}))
        return real(db, tx, deadline, name)

    monkeypatch.setattr(snapshot, "_records", disturbing)
    report = back_up(typed, OWNER, tmp_path / "b.zip")
    assert report.one_moment
    assert (report.nodes, report.ties) == (8, 12)


PROGRAM = """
import sys, time
from pathlib import Path
from graphcrm.database.connection import connect
from graphcrm.domain.viewer import OWNER
from graphcrm.services import backup
uri, user, password, name, step, file = sys.argv[1:]
def reached(done, total, phase):
    if phase == step:
        print("reached", flush=True)
        time.sleep(60)
db = connect(uri, user, password, name)
backup.BATCH_ROWS = 50
if step == "backup":
    backup.back_up(db, OWNER, Path(file), progress=reached)
else:
    backup.restore(db, OWNER, Path(file), progress=reached)
"""


def killed_at(step: str, endpoint, name: str, file: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, endpoint.uri, endpoint.username, endpoint.password, name, step, str(file)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        assert process.stdout.readline() == "reached\n"
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("step", ["backup", "restore", "compare"])
def test_kill_9(database, neo4j_endpoint, tmp_path: Path, step):
    """No half file under the final name; a killed restore is told and begun again."""
    database.write(
        "UNWIND range(1, 1500) AS i CREATE (a:Entity {id: 'a' + i})-[:PAIR {id: 'p' + i}]->(:Entity {id: 'b' + i})"
    )
    before, file = dump(database), tmp_path / "b.zip"
    if step == "backup":
        killed_at(step, neo4j_endpoint, database.name, file)
        assert not file.exists()
        back_up(database, OWNER, file)
    else:
        back_up(database, OWNER, file)
        empty(database)
        killed_at(step, neo4j_endpoint, database.name, file)
        with pytest.raises(InvalidInput, match="was broken off"):
            restore(database, OWNER, file)
        restore(database, OWNER, file, again=True)
    assert dump(database) == before
    empty(database)


finite = st.floats(allow_nan=False)
values = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    finite,
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
    st.lists(st.integers(-9, 9)),
    st.lists(finite, min_size=1),
    st.lists(st.dates()),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.dictionaries(st.text("abcё `$.", min_size=1, max_size=5), values, max_size=5), max_size=10))
def test_any_properties_come_back_equal(database, tmp_path_factory, nodes):
    empty(database)
    database.write("UNWIND range(0, size($nodes) - 1) AS i CREATE (n:Any) SET n = $nodes[i]", {"nodes": nodes})
    before, file = dump(database), tmp_path_factory.mktemp("any") / "b.zip"
    back_up(database, OWNER, file)
    empty(database)
    restore(database, OWNER, file)
    assert dump(database) == before
    empty(database)
