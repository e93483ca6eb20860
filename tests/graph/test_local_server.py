"""The local server's refusals and secrets for real: one sentence, the mend, nothing lost (issue 3, section 2)."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
from collections import namedtuple
from pathlib import Path

import psutil
import pytest

from graphcrm.config import Settings, load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import LocalServer
from graphcrm.database.local.jars import cache_folder
from graphcrm.errors import (
    AlreadyRunning,
    AuthenticationFailed,
    DownloadFailed,
    FolderNotWritable,
    HashMismatch,
    LocalServerError,
    NoSpace,
    PortInUse,
    QueryFailed,
    ServerCrashed,
    StoreTooNew,
)

SECRET = "a-password-that-nobody-may-see-0815"
START = """
import sys
from graphcrm.config import load_settings
from graphcrm.database.local import LocalServer
from graphcrm.errors import GraphcrmError
try:
    LocalServer(load_settings(data=sys.argv[1])).start()
except GraphcrmError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server on a folder that was left open to all, with what a killed server leaves behind."""
    data = tmp_path_factory.mktemp("local") / "data"
    data.mkdir()
    data.chmod(0o755)
    (data / "password").write_text(SECRET + "\n")
    (data / "password").chmod(0o644)
    (data / "server.lock").write_text(f'{{"pid": {os.getpid()}, "port": 7687}}')
    (data / "stop").touch()
    server = LocalServer(load_settings(data=data, bolt_port=0, heap="384m", page_cache="32m"))
    endpoint = server.start()
    with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
        database.write("MERGE (:Kept {id: 'one'})")
        yield server, endpoint, database, data
    server.stop()


@pytest.fixture
def filled(tmp_path) -> Settings:
    """Settings of a folder with something like a store in it, of which not one byte may change."""
    store = tmp_path / "data" / "neo4j" / "data" / "databases" / "neo4j"
    store.mkdir(parents=True)
    for folder in (tmp_path / "data", tmp_path / "data" / "neo4j"):
        folder.chmod(0o700)
    (store / "block.x1.db").write_bytes(bytes(range(256)) * 40)
    return load_settings(data=tmp_path / "data", bolt_port=0)


def content(folder: Path) -> dict[str, tuple[bytes, float]]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime) for path in files}


def refused(settings: Settings, kind: type[LocalServerError]) -> str:
    """What the user is told when the server does not start; sees to it that the store is untouched and nothing runs."""
    store = settings.data / "neo4j"
    before = content(store)
    with pytest.raises(kind) as caught:
        LocalServer(settings).start()
    assert content(store) == before
    assert not LocalServer(settings).status().running
    assert "Traceback" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.mend
    return str(caught.value)


def test_a_second_start_from_another_process_tells_who_has_the_folder(running):
    """faults.md: second instance on the same data."""
    server, endpoint, database, data = running
    before = server.status()
    said = subprocess.run(
        [sys.executable, "-c", START, str(data)], capture_output=True, text=True, timeout=60, check=True
    )
    assert said.stdout.strip() == (
        f"AlreadyRunning Neo4j already runs on {data}: process {before.pid}, at {endpoint.uri}. Use that one (every "
        "graphcrm command finds it), or stop it with graphcrm db stop."
    )
    after = server.status()
    assert (after.pid, after.uri, after.started) == (before.pid, before.uri, before.started)
    assert database.read("MATCH (k:Kept) RETURN k.id AS id") == [{"id": "one"}]
    with pytest.raises(AlreadyRunning, match="already runs"):
        LocalServer(load_settings(data=data)).erase()


def test_the_folder_is_made_private_and_the_user_is_told(running):
    server, _, _, data = running
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (data, *data.iterdir())}
    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    assert (modes["data"], modes["neo4j"], modes["password"]) == (0o700, 0o700, 0o600)
    assert server.warnings == [
        f"{data} could be read by other users of this computer (mode 0755); it is private now.",
        f"{data / 'password'} could be read by other users of this computer (mode 0644); it is private now.",
        *([f"{data / 'server.lock'} could be read by other users of this computer (mode 0644); it is private now."]),
    ]


def test_the_password_is_in_no_command_line_and_in_no_file_but_its_own(running):
    _, endpoint, _, data = running
    assert endpoint.password == SECRET
    assert SECRET not in repr(endpoint)
    told = [line for line in Path("/proc").glob("[0-9]*/cmdline") if SECRET.encode() in _read(line)]
    assert told == []
    assert [path for path in data.rglob("*") if path.is_file() and SECRET.encode() in _read(path)] == [
        data / "password"
    ]
    assert list((data / "neo4j" / "logs").iterdir()) != []
    with connect(endpoint.uri, "neo4j", "neo4j") as factory, pytest.raises(AuthenticationFailed):
        factory.counts()


def test_it_listens_on_loopback_only(running):
    server, endpoint, _, _ = running
    process = psutil.Process(server.status().pid)
    listening = {c.laddr for c in process.net_connections("inet") if c.status == psutil.CONN_LISTEN}
    assert {f"bolt://{ip.removeprefix('::ffff:')}:{port}" for ip, port in listening} == {endpoint.uri}


@pytest.mark.parametrize(
    "bomb",
    [
        "RETURN size(reduce(s = 'x', i IN range(1, 40) | s + s)) AS n",
        "UNWIND range(1, 12) AS k RETURN collect(reduce(s = 'x' + k, i IN range(1, 25) | s + s)) AS n",
    ],
)
def test_a_query_that_would_fill_the_heap_is_refused_and_others_go_on(running, bomb):
    """faults.md, heap bomb: a string that doubles is not counted by Neo4j's limit on memory."""
    server, endpoint, database, _ = running
    before = server.status().pid
    with (
        connect(endpoint.uri, endpoint.username, endpoint.password) as attacker,
        pytest.raises(QueryFailed, match="needs more memory than Neo4j may use for one request"),
    ):
        attacker.read(bomb, timeout=10)
    assert database.read("MATCH (k:Kept) RETURN k.id AS id") == [{"id": "one"}]
    database.write("MERGE (k:Kept {id: 'one'}) SET k.after = true")
    assert server.status().pid == before


def test_stopped_by_another_program_it_is_not_started_again(running):
    """``graphcrm db stop`` while ``graphcrm up`` runs elsewhere: the watchdog is for crashes."""
    server, _, _, data = running
    *_, watchdog = [thread for thread in threading.enumerate() if thread.name == "neo4j-watchdog"]  # the newest
    assert LocalServer(load_settings(data=data)).stop()
    watchdog.join(10)
    assert not watchdog.is_alive()
    assert not server.status().running
    assert not (data / "stop").exists()


def test_a_port_in_use_is_one_sentence(filled):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused(filled.model_copy(update={"bolt_port": port}), PortInUse)
    assert said == (
        f"Another program listens on port {port}; Neo4j was not started. "
        "Choose another in GRAPHCRM_BOLT_PORT (0 takes any free one), or end that program."
    )


def test_a_folder_that_cannot_be_made(tmp_path):
    """Root may write everywhere, but not below a file."""
    (tmp_path / "file").touch()
    data = tmp_path / "file" / "data"
    assert f"The folder {data} cannot be written (Not a directory)." in refused(
        load_settings(data=data), FolderNotWritable
    )
    said = refused(load_settings(data=tmp_path / "file"), FolderNotWritable)
    assert f"The folder {tmp_path / 'file'} cannot be written" in said


def test_a_log_that_cannot_be_written(filled):
    (filled.data / "server.log").mkdir(mode=0o700)
    assert f"The folder {filled.data} cannot be written" in refused(filled, FolderNotWritable)


def test_a_store_of_a_newer_neo4j_is_left_alone(filled):
    (filled.data / "store-version").write_text("9999.01.0\n")
    (filled.data / "store-version").chmod(0o600)
    before = content(filled.data)
    said = refused(filled, StoreTooNew)
    assert said.startswith(f"The data in {filled.data} were written by Neo4j 9999.01.0, newer than the 20")
    assert content(filled.data) == before


def test_too_little_space_is_seen_before_the_start(filled, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 7 * 1024**2, 7 * 1024**2))
    said = refused(filled, NoSpace)
    assert said.startswith(f"There are only 7 MB left on the disk that holds {filled.data}; Neo4j was not started.")


def test_a_disk_that_is_full_at_the_start(filled):
    """The device that is always full takes the place of a file that the server writes before it opens the store."""
    (filled.data / "store-version.new").symlink_to("/dev/full")
    assert refused(filled, NoSpace).startswith(f"The disk that holds {filled.data} is full; Neo4j could not start.")


def test_a_process_that_cannot_even_begin_is_one_sentence(filled, monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    assert refused(filled, ServerCrashed).startswith("Neo4j ended while it was starting: it said nothing. The whole")


def test_a_jar_of_which_one_byte_was_changed(filled, tmp_path):
    """Supply: nothing that is not the released file is run."""
    settings = filled.model_copy(update={"cache": tmp_path / "cache"})
    there, here = cache_folder(filled.cache), cache_folder(settings.cache)
    here.mkdir(parents=True)
    for jar in there.glob("*.jar"):
        (here / jar.name).symlink_to(jar)
    changed = next(here.glob("neo4j-kernel-2*.jar"))
    data = bytearray(changed.read_bytes())
    data[len(data) // 2] ^= 1
    changed.unlink()
    changed.write_bytes(data)
    said = refused(settings, HashMismatch)
    assert said.startswith(f"The file {changed} is not the one that graphcrm was released with; Neo4j was not started.")
    assert changed.read_bytes() == data, "it is evidence"


def test_no_jars_and_no_network(filled, tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, and nobody listens
        mirror = f"http://127.0.0.1:{closed.getsockname()[1]}"
        said = refused(filled.model_copy(update={"cache": tmp_path / "none", "maven_mirror": mirror}), DownloadFailed)
    assert said.startswith("Neo4j could not be fetched: the connection to the repository failed at ")
    assert said.endswith("or name a mirror in GRAPHCRM_MAVEN_MIRROR.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # a process or a file that has just gone
        return b""
