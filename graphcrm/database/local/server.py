"""Starting, joining and stopping the local Neo4j."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from graphcrm.config import Settings
from graphcrm.database.connection import connect
from graphcrm.database.local.folder import DataFolder
from graphcrm.database.local.jars import Progress, cache_folder, ensure_jars, folder_refused, neo4j_version
from graphcrm.database.local.order import Order
from graphcrm.database.local.quick_start import quick_start
from graphcrm.database.local.refusals import already_running, refused
from graphcrm.database.local.spare import SpareRoom, free_bytes
from graphcrm.database.statements import statement
from graphcrm.errors import DatabaseUnavailable, LocalServerError, ServerCrashed

START_TIMEOUT = 180.0
"""Seconds until Neo4j must answer: recovery after a crash takes longer than a common start (8 s)."""
STOP_TIMEOUT = 60.0
SETTLE_TIMEOUT = 60.0
"""Seconds that a start waits for another one, or for a stop, that is under way on the same folder."""
GREET_TIMEOUT = 60.0
JAVA_DIED = frozenset({-signal.SIGABRT, -signal.SIGSEGV})
"""Exit codes of a Java machine that ended itself. One that was killed, or refused to start, has others."""
RESTARTS = 3
"""How often a server in the foreground is started again after it ended on its own."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to reach a database, and as whom."""

    uri: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of the local server from outside, without asking it."""

    running: bool
    version: str
    uri: str | None
    pid: int | None
    started: float | None
    """Seconds since 1970 (UTC)."""
    memory: int | None
    """Bytes that the process holds now."""
    data: str
    data_bytes: int
    data_free: int | None
    """Bytes that are free on the data folder's disk; None if that cannot be told."""
    cache: str
    cache_bytes: int


class LocalServer:
    """The Neo4j of one data folder.

    ``with LocalServer(settings) as endpoint: ...`` starts one for the length of the block; ``start(foreground=False)``
    leaves one running; ``endpoint()`` joins the one that runs.

    Attributes:
        warnings: sentences about what had to be put right (a folder that others could read).
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = DataFolder(settings.data)
        self._process: subprocess.Popen[str] | None = None
        self._closing = threading.Event()
        self._log_start = 0
        self.warnings: list[str] = []

    def start(
        self, foreground: bool = True, progress: Progress = lambda *_: None, record: Path | None = None
    ) -> Endpoint:
        """Fetches Neo4j if need be and starts it; returns when it answers.

        Args:
            foreground: the server ends with this process, and is started again if it crashes. False leaves it running.
            progress: told ``check``, ``download`` (bytes) and ``start``.
            record: where Java shall leave what it learnt in this run (see :mod:`graphcrm.database.local.recording`).

        Raises:
            AlreadyRunning: another process holds the data folder; the message tells its pid and address.
            DownloadFailed, HashMismatch, NoSpace, FolderNotWritable, PortInUse, StoreTooNew, ServerCrashed
        """
        version = neo4j_version()
        self._folder.check_version(version)
        self.warnings = self._folder.prepare()
        for warning in self.warnings:
            log.warning(warning)
        if (holder := self._settled_holder()) is not None:
            raise already_running(self._folder.path, holder)
        password = self._folder.password()
        jars = ensure_jars(self._settings.cache, mirror=self._settings.maven_mirror, progress=progress)
        progress("start", 0, 1)
        order = self._order(jars, version, record)
        if foreground:
            order = replace(order, parent=os.getpid())
        self._closing.clear()
        port = self._launch_surely(order)
        endpoint = self._at(port, password)
        self._greet(endpoint)
        progress("start", 1, 1)
        if foreground:
            threading.Thread(target=self._watchdog, args=(order, port), name="neo4j-watchdog", daemon=True).start()
        return endpoint

    def _order(self, jars: list[Path], version: str, record: Path | None) -> Order:
        cached = None if record else quick_start(jars)
        return Order(
            data=str(self._folder.path),
            jars=tuple(map(str, jars)),
            version=version,
            port=self._settings.bolt_port,
            heap=self._settings.heap,
            page_cache=self._settings.page_cache,
            quick_start=str(cached) if cached else None,
            record=str(record) if record else None,
        )

    def stop(self) -> bool:
        """Stops the server of this data folder, whoever started it. False if none ran.

        Raises:
            LocalServerError: it did not end; its data are safe all the same.
        """
        self._closing.set()
        holder = self._folder.lock.holder()
        if holder is None:
            return False
        try:
            self._folder.stop_request.touch(mode=0o600)
        except OSError as error:
            raise folder_refused(self._folder.path, error) from error
        if self._process is not None and os.name == "posix":
            self._process.terminate()  # it looks for the request now and then; a signal wakes it
        end = time.monotonic() + STOP_TIMEOUT
        while time.monotonic() < end:
            if self._folder.lock.holder() is None:
                self._reap()
                return True
            time.sleep(0.05)
        raise LocalServerError(
            "Neo4j (process {pid}) did not end within {seconds} s.",
            mend="End that process by hand: nothing that was saved is lost.",
            pid=holder.get("pid", "?"),
            seconds=f"{STOP_TIMEOUT:g}",
        )

    def kill(self) -> None:
        """Ends a server of this process at once, whose data nobody needs."""
        self._closing.set()
        if self._process is not None:
            self._process.kill()
            self._reap()

    def erase(self) -> None:
        """Deletes the database of the data folder, which must not be running; the password stays.

        Raises:
            AlreadyRunning: it runs.
            FolderNotWritable: something cannot be deleted.
        """
        lock = self._folder.lock
        if not self._folder.path.exists():
            return
        if not lock.acquire():
            raise already_running(self._folder.path, lock.holder() or {})
        try:
            for leftover in (self._folder.path / "store-version", self._folder.path / "port", self._folder.log):
                leftover.unlink(missing_ok=True)
            for made in (self._folder.home, self._folder.loading, self._folder.before):
                if made.exists():
                    shutil.rmtree(made)
        except OSError as error:
            raise folder_refused(self._folder.path, error) from error
        finally:
            lock.release()

    def endpoint(self) -> Endpoint:
        """The server that runs on this data folder, so that other commands can join it.

        Raises:
            DatabaseUnavailable: none runs.
        """
        holder = self._folder.lock.holder()
        if holder is None:
            raise DatabaseUnavailable(
                "No Neo4j runs on the data folder {folder}.",
                mend="Start it with graphcrm db start, or set NEO4J_URI.",
                folder=self._folder.path,
            )
        if "port" not in holder:
            raise DatabaseUnavailable(
                "Neo4j is still starting on {folder}.", mend="Try again in a moment.", folder=self._folder.path
            )
        return self._at(holder["port"], self._folder.password())

    def status(self) -> Status:
        """What can be told from outside."""
        holder = self._folder.lock.holder()
        note = holder or {}
        cache = cache_folder(self._settings.cache)
        return Status(
            running=holder is not None,
            version=note.get("version", neo4j_version()),
            uri=f"bolt://127.0.0.1:{note['port']}" if "port" in note else None,
            pid=note.get("pid"),
            started=note.get("started"),
            memory=_memory(note.get("pid")),
            data=str(self._folder.path),
            data_bytes=self._folder.size() if self._folder.path.exists() else 0,
            data_free=free_bytes(self._folder.path),
            cache=str(cache),
            cache_bytes=sum(file.stat().st_size for file in cache.glob("*.jar")) if cache.exists() else 0,
        )

    def spare_room(self) -> SpareRoom:
        """What is asked before a write: whether the disk of the store has room left."""
        return SpareRoom(self._folder.home, self._settings.disk_spare_bytes)

    def __enter__(self) -> Endpoint:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _at(self, port: int, password: str) -> Endpoint:
        return Endpoint(f"bolt://127.0.0.1:{port}", "neo4j", password)

    def _settled_holder(self) -> dict[str, Any] | None:
        """Who holds the folder, once a start or a stop that is under way is over: it lasts a few seconds."""
        end = time.monotonic() + SETTLE_TIMEOUT
        while (holder := self._folder.lock.holder()) is not None and "port" not in holder and time.monotonic() < end:
            time.sleep(0.1)
        return holder

    def _greet(self, endpoint: Endpoint) -> None:
        """Asks a first question: it is slow on a fresh Java machine, and users shall not be the ones to wait for it.

        Raises:
            ServerCrashed: it ended instead of answering.
            DatabaseUnavailable: it does not answer. No server is left behind.
        """
        try:
            self._await_answer(endpoint)
        except BaseException:
            self._end_process()
            raise

    def _await_answer(self, endpoint: Endpoint) -> None:
        end = time.monotonic() + GREET_TIMEOUT
        with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
            while True:
                try:
                    database.read(statement("server_version"), timeout=GREET_TIMEOUT, patience=5)
                    return
                except DatabaseUnavailable:
                    if self._process is None or self._process.poll() is not None:
                        raise self._refused({"kind": "crashed"}) from None
                    if time.monotonic() > end:
                        raise

    def _launch_surely(self, order: Order) -> int:
        """Starts the child; its port. A crash may be the fault of Java's cache, so it gets a second try without."""
        try:
            return int(self._launch(order)["port"])
        except ServerCrashed:
            if order.quick_start is None or self._process is None or self._process.poll() not in JAVA_DIED:
                raise
        port = int(self._launch(replace(order, quick_start=None))["port"])
        log.warning("Neo4j did not start with Java's cache %s, which is deleted now.", order.quick_start)
        Path(order.quick_start).unlink(missing_ok=True)
        return port

    def _launch(self, order: Order) -> dict[str, Any]:
        """Starts the child and waits for its answer."""
        process = self._process = self._spawn()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Timer(START_TIMEOUT, process.kill)
        late.start()
        try:
            process.stdin.write(order.to_json() + "\n")
            process.stdin.flush()
            if order.parent is None:
                process.stdin.close()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""  # it ended before it could read: the log tells why
        except BaseException:
            process.terminate()  # Ctrl-C while it starts
            raise
        finally:
            late.cancel()
        process.stdout.close()
        answer = _parsed(line)
        if answer.get("kind") != "ready":
            process.wait()
            raise self._refused(answer)
        return dict(answer)

    def _spawn(self) -> subprocess.Popen[str]:
        try:
            log_file = self._folder.log.open("ab")
            self._folder.log.chmod(0o600)
        except OSError as error:
            raise folder_refused(self._folder.path, error) from error
        with log_file:
            self._log_start = log_file.tell()
            return subprocess.Popen(
                [sys.executable, "-m", "graphcrm.database.local.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                text=True,
                start_new_session=True,  # Ctrl-C goes to us; we stop it in order
            )

    def _refused(self, answer: dict[str, Any]) -> LocalServerError:
        """The child's refusal, or its sudden end, as an error of ours."""
        if answer["kind"] == "running" and "port" not in answer:  # two starts at one time, and the other was first
            answer = {"kind": "running", **(self._settled_holder() or answer)}
        code = self._process.poll() if self._process is not None else None
        killed = f"signal {-code}" if code is not None and code < 0 else ""
        reason = answer.get("reason") or killed or self._folder.log_tail(since=self._log_start)
        return refused(self._folder, {**answer, "reason": reason})

    def _watchdog(self, order: Order, port: int) -> None:
        """Starts the server again, at the same address, when it ended on its own."""
        again = Order(**{**json.loads(order.to_json()), "port": port})
        for _ in range(RESTARTS):
            process = self._process
            if process is None:
                return
            code = process.wait()
            if self._closing.is_set():
                return
            if code == 0:  # it was asked to: by graphcrm db stop, or by the system
                log.warning("Neo4j was stopped by another program; it is not started again.")
                return
            log.warning("Neo4j ended on its own (exit code %s); it is started again.", code)
            try:
                self._launch(again)
            except LocalServerError as error:
                log.error("Neo4j could not be started again: %s", error)
                return
            if self._closing.is_set():  # stop() came while there was no server, and could not ask this one
                self._end_process()

    def _end_process(self) -> None:
        """Ends a server of ours that is of no use to anybody."""
        if self._process is not None:
            self._process.terminate()
            self._reap()

    def _reap(self) -> None:
        if self._process is not None:
            if self._process.stdin is not None and not self._process.stdin.closed:
                self._process.stdin.close()
            self._process.wait(STOP_TIMEOUT)
            self._process = None


def _parsed(line: str) -> dict[str, Any]:
    """The child's answer; a Java machine that crashes may leave a line of its own instead of one."""
    try:
        return dict(json.loads(line))
    except ValueError:
        return {"kind": "crashed"}


def _memory(pid: int | None) -> int | None:
    try:
        return None if pid is None else int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return None
