"""A small TCP relay on loopback that stands before Bolt and behaves badly on demand.

with Relay(target_port) as relay:
    connect(relay.uri)
    relay.freeze()      # takes bytes from both sides, passes nothing on; connections stay open
    relay.thaw()
    relay.cut()         # closes every connection; new ones work
    relay.refuse()      # closes every connection, and new ones at once
    relay.delay = 0.2   # seconds for every piece, each way
    relay.cut_at(b"...", "before")   # cuts when a piece from the client holds these bytes: before it is passed
                                     # on, or "after": it reaches the server and the server's answer is lost;
                                     # with behind=b"..." only on a connection on which these have passed
    relay.fail_at(b"...", code)      # answers the piece itself, once, with Neo4j's error of this code
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from time import sleep

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""Bolt's COMMIT message: a chunk of two bytes, a structure of no fields with the tag 0x12, and the end mark."""

IGNORED = b"\x00\x02\xb0\x7e\x00\x00"


class Relay:
    """See the module's documentation."""

    def __init__(self, target: int, host: str = "127.0.0.1") -> None:
        self.delay = 0.0
        self.seen = 0
        """How many connections were made."""
        self.triggered = threading.Event()
        """Set when the cut of :meth:`cut_at` has happened."""
        self._target = (host, target)
        self._open = threading.Event()
        self._open.set()
        self._refusing = False
        self._mark: bytes | None = None
        self._when, self._behind = "before", b""
        self._failure = b""
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    def __enter__(self) -> Relay:
        return self

    def __exit__(self, *_: object) -> None:
        self._refusing = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._open.set()
        self.cut()

    def freeze(self) -> None:
        self._open.clear()

    def thaw(self) -> None:
        self._open.set()

    def cut(self) -> None:
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                _shut(end)

    def refuse(self) -> None:
        self._refusing = True
        self.cut()

    def admit(self) -> None:
        self._refusing = False

    def cut_at(self, mark: bytes, when: str, behind: bytes = b"") -> None:
        self.triggered.clear()
        self._when, self._behind, self._mark = when, behind, mark

    def freeze_at(self, mark: bytes) -> None:
        self.cut_at(mark, "freeze")

    def fail_at(self, mark: bytes, code: str) -> None:
        self._failure = _failure(code)
        self.cut_at(mark, "fail")

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.seen += 1
            if self._refusing:
                _shut(client)
                continue
            try:
                server = socket.create_connection(self._target)
            except OSError:
                _shut(client)
                continue
            pair = (client, server)
            with self._lock:
                self._pairs.append(pair)
            threading.Thread(target=self._pump, args=(client, server, pair, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, pair, False), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, pair: tuple[socket.socket, ...], upward: bool) -> None:
        passed = False
        with suppress(OSError):
            while piece := source.recv(65536):
                passed = passed or self._behind in piece
                if self.delay:
                    sleep(self.delay)
                self._open.wait()
                if upward and passed and self._mark is not None and self._mark in piece:
                    if self._when == "fail":
                        self._mark = None
                        source.sendall(self._failure + (_messages(piece) - 1) * IGNORED)
                        self.triggered.set()
                        continue
                    if self._when != "freeze":
                        self._cut_here(piece, source, sink)
                        return
                    self._mark = None
                    self.freeze()
                    self._open.wait()
                sink.sendall(piece)
        for end in pair:
            _shut(end)

    def _cut_here(self, piece: bytes, client: socket.socket, server: socket.socket) -> None:
        self._mark = None
        if self._when == "after":
            # The client hears nothing more; the server gets the message and is let finish with it.
            _shut(client)
            server.sendall(piece)
            with suppress(OSError):
                server.settimeout(5)
                server.recv(65536)
        _shut(client)
        _shut(server)
        self.triggered.set()


def _messages(piece: bytes) -> int:
    """How many whole messages of Bolt a piece holds: chunks, each behind its length, up to an empty one."""
    count = at = 0
    while at + 2 <= len(piece):
        length = int.from_bytes(piece[at : at + 2], "big")
        count += not length
        at += 2 + length
    return count


def _failure(code: str) -> bytes:
    """Bolt's FAILURE, as of Bolt 5.7 and, with ``code``, before."""
    told = {"neo4j_code": code, "code": code, "message": "no", "description": "no", "gql_status": "50N42"}
    words = [_packed(word) for pair in told.items() for word in pair]
    body = b"\xb1\x7f" + bytes([0xA0 + len(told) + 1]) + b"".join(words) + _packed("diagnostic_record") + b"\xa0"
    return len(body).to_bytes(2, "big") + body + b"\x00\x00"


def _packed(text: str) -> bytes:
    data = text.encode()
    return (bytes([0x80 + len(data)]) if len(data) < 16 else b"\xd0" + bytes([len(data)])) + data


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
