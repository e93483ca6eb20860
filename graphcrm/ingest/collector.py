"""Python's collector of circular garbage, out of the way while an import makes its millions of objects."""

from __future__ import annotations

import gc
from contextlib import ContextDecorator
from threading import Lock


class _NoCollector(ContextDecorator):
    """The collector rests until the last of those who asked for it, in whatever thread, is done.

    Rows and plans hold no circles, and the collector would go through all of them again and again: that took half of
    the importer's own time.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._users = 0
        self._was_on = False

    def __enter__(self) -> None:
        with self._lock:
            if self._users == 0:
                self._was_on = gc.isenabled()
                gc.disable()
            self._users += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._was_on:
                gc.enable()


no_collector = _NoCollector()
