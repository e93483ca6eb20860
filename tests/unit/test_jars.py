"""Fetching Neo4j's jars, against a small repository on loopback: interrupted, wrong hash, no network, no space."""

import errno
import hashlib
import os
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graphcrm.database.local import jars as module
from graphcrm.database.local.jars import CHUNK, Jar, cache_folder, ensure_jars, locked_jars, neo4j_version
from graphcrm.errors import DownloadFailed, FolderNotWritable, HashMismatch, NoSpace

CONTENT = {f"thing{n}": bytes([n]) * (200_000 + n) for n in range(1, 7)}
JARS = tuple(
    Jar(f"org.example.sub:{name}:1.{len(name)}", hashlib.sha256(data).hexdigest(), len(data))
    for name, data in CONTENT.items()
)


class Repository:
    """A Maven repository with switches: ``fail`` (status by jar), ``cut`` (bytes after which the line breaks)."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str | None]] = []
        self.content = {f"/{jar.path}": CONTENT[jar.coordinates.split(":")[1]] for jar in JARS}
        self.status: int | None = None
        self.cut: int | None = None
        self.ranges = True
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        self.asked.append((request.path, wanted))
        data = self.content.get(request.path)
        if self.status or data is None:
            request.send_error(self.status or 404)
            return
        start = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1]) if wanted and self.ranges else 0
        if start >= len(data):
            request.send_error(416)
            return
        request.send_response(206 if start else 200)
        request.send_header("Content-Length", str(len(data) - start))
        request.end_headers()
        request.wfile.write(data[start : start + (self.cut or len(data))])
        request.wfile.flush()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def repository():
    made = Repository()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _no_pause_between_tries(monkeypatch):
    monkeypatch.setattr("pooch.core.time.sleep", lambda _: None)


def fetch(cache: Path, repository: Repository, **more) -> list[Path]:
    return ensure_jars(cache, mirror=repository.address, jars=JARS, **more)


def one_jar(cache: Path) -> Path:
    return cache_folder(cache) / JARS[0].name


@pytest.fixture(autouse=True)
def _version(monkeypatch):
    monkeypatch.setattr(module, "neo4j_version", lambda jars=None: "1.2.3")


def test_the_lock_names_neo4j_and_pins_every_jar():
    jars = locked_jars()
    assert len({jar.name for jar in jars}) == len(jars) > 200
    assert all(re.fullmatch(r"[0-9a-f]{64}", jar.sha256) and jar.size > 0 for jar in jars)
    version = neo4j_version(jars)
    assert version >= "2026.01.3"  # the floor under known vulnerabilities
    assert {"org.neo4j:neo4j", "org.neo4j.app:neo4j-server"} <= {jar.coordinates.rpartition(":")[0] for jar in jars}
    assert "://" not in (Path(module.__file__).parent / "jars.lock").read_text()


def test_coordinates_become_maven_paths():
    assert Jar("org.neo4j:neo4j:2026.08.1", "", 1).path == "org/neo4j/neo4j/2026.08.1/neo4j-2026.08.1.jar"
    native = Jar("io.netty:netty-epoll:4.2:linux-x86_64", "", 1)
    assert native.path == "io/netty/netty-epoll/4.2/netty-epoll-4.2-linux-x86_64.jar"


def test_all_are_fetched_with_progress_and_then_never_again(tmp_path, repository):
    told = []
    paths = fetch(tmp_path, repository, progress=lambda *what: told.append(what))
    assert [path.read_bytes() for path in paths] == list(CONTENT.values())
    downloads = [done for stage, done, _ in told if stage == "download"]
    total = sum(map(len, CONTENT.values()))
    assert downloads == sorted(downloads)
    assert (downloads[0], downloads[-1]) == (0, total)
    asked = len(repository.asked)
    repository.close()
    assert fetch(tmp_path, repository) == paths  # without a network
    assert len(repository.asked) == asked
    assert list(cache_folder(tmp_path).glob("*.part")) == []


def test_a_line_that_breaks_is_taken_up_again_in_the_same_run(tmp_path, repository):
    """Three tries of 80 kB are enough for files of 200 kB, if each goes on where the last one stopped."""
    repository.cut = 5 * CHUNK
    assert [path.read_bytes() for path in fetch(tmp_path, repository)] == list(CONTENT.values())
    for jar in JARS:
        wanted = [said for path, said in repository.asked if path == f"/{jar.path}"]
        assert wanted == [None, f"bytes={5 * CHUNK}-", f"bytes={10 * CHUNK}-"]


def test_an_interrupted_download_goes_on_where_it_stopped(tmp_path, repository):
    repository.cut = 2 * CHUNK  # too little for the tries of one run
    with pytest.raises(DownloadFailed, match=r"the connection to the repository failed at .*what was fetched is kept"):
        fetch(tmp_path, repository)
    parts = {part.name: part.stat().st_size for part in cache_folder(tmp_path).glob("*.part")}
    assert parts
    assert all(size % CHUNK == 0 for size in parts.values())  # whole pieces only, also where another thread said stop
    assert max(parts.values()) == 6 * CHUNK  # three tries, none in vain
    repository.cut = None
    repository.asked.clear()
    told = []
    assert len(fetch(tmp_path, repository, progress=lambda *what: told.append(what))) == len(JARS)
    ranges = dict(repository.asked)
    for name, size in parts.items():
        path = next(jar.path for jar in JARS if f"{jar.name}.part" == name)
        assert ranges[f"/{path}"] == (f"bytes={size}-" if size else None)
    assert next(done for stage, done, _ in told if stage == "download") >= sum(parts.values())


def test_a_repository_without_ranges_starts_the_file_anew(tmp_path, repository):
    folder = cache_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / f"{JARS[0].name}.part").write_bytes(CONTENT["thing1"][:1000])
    repository.ranges = False
    assert fetch(tmp_path, repository)[0].read_bytes() == CONTENT["thing1"]


def test_a_part_that_is_complete_is_taken(tmp_path, repository):
    folder = cache_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / f"{JARS[0].name}.part").write_bytes(CONTENT["thing1"])
    assert fetch(tmp_path, repository)[0].read_bytes() == CONTENT["thing1"]


def test_a_part_of_something_else_is_thrown_away_and_fetched_again(tmp_path, repository):
    folder = cache_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / f"{JARS[0].name}.part").write_bytes(b"x" * 1000)
    assert fetch(tmp_path, repository)[0].read_bytes() == CONTENT["thing1"]


def test_a_swapped_jar_from_the_repository_is_refused_and_not_kept(tmp_path, repository):
    """faults.md: jar swapped; one byte is enough."""
    path = f"/{JARS[0].path}"
    repository.content[path] = b"\0" + repository.content[path][1:]
    with pytest.raises(HashMismatch, match=r"What the repository sent for thing1-1\.6\.jar is not the file"):
        fetch(tmp_path, repository)
    assert not one_jar(tmp_path).exists()


def test_a_jar_swapped_on_disk_is_refused_at_the_next_start(tmp_path, repository):
    """faults.md: jar swapped; change one byte, the start refuses and does not silently mend."""
    fetch(tmp_path, repository)
    data = one_jar(tmp_path).read_bytes()
    one_jar(tmp_path).write_bytes(data[:-1] + b"\0")
    repository.asked.clear()
    with pytest.raises(
        HashMismatch, match=r"is not the one that graphcrm was released with; Neo4j was not started\. Delete it"
    ):
        fetch(tmp_path, repository)
    assert repository.asked == []
    one_jar(tmp_path).unlink()
    assert fetch(tmp_path, repository)[0].read_bytes() == data


def test_no_network(tmp_path, repository):
    repository.close()
    with pytest.raises(
        DownloadFailed, match=r"connection to the repository failed at .*Check the network and start again"
    ):
        fetch(tmp_path, repository)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_repository_that_refuses_is_quoted(tmp_path, repository, status):
    repository.status = status
    with pytest.raises(DownloadFailed, match=rf"the repository answered {status} for thing\d.*GRAPHCRM_MAVEN_MIRROR"):
        fetch(tmp_path, repository)


def test_only_our_own_progress_is_shown(tmp_path, repository, capfd):
    """The library's own messages name the host and run through the progress bar."""
    repository.cut = 5 * CHUNK
    fetch(tmp_path, repository)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux only; the test below stands for other systems")
def test_a_full_disk_while_writing(tmp_path, repository):
    """The kernel's own "no space left", at the first piece."""
    folder = cache_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / f"{JARS[0].name}.part").symlink_to("/dev/full")
    with pytest.raises(NoSpace, match=r"The disk that holds .* is full\. Free some space and start again"):
        fetch(tmp_path, repository)
    assert not one_jar(tmp_path).exists()
    (folder / f"{JARS[0].name}.part").unlink()
    assert len(fetch(tmp_path, repository)) == len(JARS)


def test_a_full_disk(tmp_path, repository, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(module._Resuming, "_hand_over", full)
    with pytest.raises(NoSpace, match=r"The disk that holds .* is full\. Free some space and start again"):
        fetch(tmp_path, repository)


def test_a_cache_that_cannot_be_made(tmp_path, repository):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(
        FolderNotWritable, match=r"cannot be written \(.*\)\. Make it writable for you, or choose another"
    ):
        fetch(tmp_path / "file", repository)


def test_two_processes_fetch_once(tmp_path, repository):
    threads = [threading.Thread(target=fetch, args=(tmp_path, repository)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path for path, _ in repository.asked) == sorted(f"/{jar.path}" for jar in JARS)
