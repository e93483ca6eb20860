"""The room that is kept free on the disk of the local database: Neo4j does not survive a disk that fills up."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from graphcrm.errors import NoSpace

MEGABYTE = 1024**2


@dataclass(frozen=True, slots=True)
class SpareRoom:
    """Refuses to write while fewer than ``spare`` bytes are free on the file system of ``folder``.

    A write that the disk cuts off in its middle ends Neo4j, and nothing can be read until it is started again. One that
    is refused beforehand costs nobody anything. Asking takes some microseconds, so it is asked at every write.
    """

    folder: Path
    spare: int

    def require(self) -> None:
        """Raises NoSpace when too little is free. A folder that cannot be asked is left to Neo4j to judge."""
        free = free_bytes(self.folder)
        if free is not None and free < self.spare:
            raise NoSpace(
                "Nothing is saved now: the disk of {folder} has only {free} MB free, and {spare} MB are kept.",
                mend="Free some space, then save again; reading goes on. GRAPHCRM_DISK_SPARE sets how much is kept.",
                folder=self.folder,
                free=free // MEGABYTE,
                spare=self.spare // MEGABYTE,
            )


def free_bytes(folder: Path) -> int | None:
    """Bytes that its user may still write to the file system of a folder; None if that cannot be told."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
