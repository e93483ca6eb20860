"""A lock on a file that the operating system takes back when its holder dies, even by ``kill -9``."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # far behind the text, which others must be able to read
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


LOCK_PATIENCE = 1.0
"""Seconds. Whoever asks for the state of the server (``holder``) has the lock for a moment."""


class FileLock:
    """At most one process holds it. The holder may leave a note (a dictionary) for those who come second."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, wait: float = 0.0) -> bool:
        """True if the lock is ours now; tries for ``wait`` seconds."""
        end = time.monotonic() + wait
        # O_CLOEXEC: a process started by the holder must not hold the lock in its turn.
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        while True:
            try:
                _seize(descriptor)
            except OSError:
                if time.monotonic() >= end:
                    os.close(descriptor)
                    return False
                time.sleep(0.05)
            else:
                self._descriptor = descriptor
                return True

    def leave_note(self, note: dict[str, Any]) -> None:
        """Writes what a second comer shall read. Only while the lock is held."""
        assert self._descriptor is not None, "only the holder writes"
        text = json.dumps(note).encode()
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, text)

    @property
    def descriptor(self) -> int:
        """The open file. A child that gets it holds the lock too, until it ends. Only while the lock is held."""
        assert self._descriptor is not None, "only the holder hands it on"
        return self._descriptor

    def release(self) -> None:
        """Gives the lock back. The file stays: removing it would let two processes lock two files of one name."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> dict[str, Any] | None:
        """The note of the process that holds the lock, ``{}`` if it left none yet, None if nobody holds it."""
        if not self.path.exists():
            return None
        probe = FileLock(self.path)
        if probe.acquire():
            os.close(probe._descriptor)  # type: ignore[arg-type]
            return None
        note = self.path.read_text("utf-8", errors="replace")  # not before: it might be a dead holder's
        try:
            return dict(json.loads(note))
        except ValueError:
            return {}
