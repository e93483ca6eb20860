"""Canaries: whether Neo4j would load a file or an address for a query, if one got past the gate of the console.

A server that answers to nobody but us can still read every file of its user, and send what it reads to any address,
unless its settings forbid it. So before the console is used, ``LOAD CSV`` itself is tried, on a listener and on a file
of our own. What was found is kept for as long as the process lives, if it was good.
"""

from __future__ import annotations

import socket
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from graphcrm.database.connection import Database
from graphcrm.database.statements import statement
from graphcrm.errors import ConsoleClosed, DatabaseTimeout, QueryFailed

_SAFE: set[str] = set()
"""Addresses of servers that loaded nothing."""
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 7\r\nConnection: close\r\n\r\ncanary\n"


class Listener:
    """A port of ours that counts who connects. A context manager."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._socket = socket.create_server((host, 0))
        self._socket.settimeout(0.1)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="graphcrm-canary", daemon=True)
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        self.reached = 0

    def __enter__(self) -> Listener:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join(2)
        self._socket.close()

    def _serve(self) -> None:
        while not self._done.is_set():
            with suppress(OSError):
                visitor, _ = self._socket.accept()
                self.reached += 1
                with visitor:
                    visitor.settimeout(1)
                    visitor.recv(4096)
                    visitor.sendall(_ANSWER)


def why_closed(db: Database) -> ConsoleClosed | None:
    """Why the console must not be used with this server; None when it may be.

    Raises:
        DatabaseError: Neo4j does not answer.
    """
    if db.address in _SAFE:
        return None
    if _reads_addresses(db):
        return ConsoleClosed(
            "The console is shut: Neo4j at {address} would send what a query reads to any address.",
            mend="Set internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0 in neo4j.conf and start Neo4j again.",
            address=db.address,
        )
    if _reads_files(db):
        return ConsoleClosed(
            "The console is shut: Neo4j at {address} would read files of its computer for a query.",
            mend="Set dbms.security.allow_csv_import_from_file_urls=false in neo4j.conf and start Neo4j again.",
            address=db.address,
        )
    _SAFE.add(db.address)
    return None


def _reads_addresses(db: Database) -> bool:
    with Listener(_our_address(db.address)) as listener:
        loaded = _loads(db, f"http://{listener.host}:{listener.port}/canary.csv")
        return loaded or listener.reached > 0


def _reads_files(db: Database) -> bool:
    with tempfile.TemporaryDirectory(prefix="graphcrm-") as folder:
        file = Path(folder, "canary.csv")
        file.write_text("canary\n", "utf-8")
        return _loads(db, file.as_uri())


def _loads(db: Database, url: str) -> bool:
    try:
        db.read(statement("canary_csv"), {"url": url}, timeout=5)
    except (QueryFailed, DatabaseTimeout):
        return False
    return True


def _our_address(uri: str) -> str:
    """The address under which the server could reach us: the one from which we reach it."""
    host = urlsplit(uri).hostname or ""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as towards:
        towards.connect((host, 9))  # sends nothing
        found: str = towards.getsockname()[0]
        return found
    return "127.0.0.1"
