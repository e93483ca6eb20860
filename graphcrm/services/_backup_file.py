"""The file of a backup: one zip of JSON lines with a manifest, written whole or not at all, checked before it is used.

nodes.jsonl       {"number", "labels", "properties"} a line; values as graphcrm.database.typed_json has them
ties.jsonl        {"start", "end", "type", "properties"} a line; the ends are numbers of nodes
manifest.json     see :class:`Manifest`
manifest.sha256   the hash of manifest.json
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from graphcrm.database.typed_json import SAME, decode, to_line
from graphcrm.errors import FolderNotWritable, InvalidInput, NotFound

FORMAT = 1
KINDS = ("nodes", "ties")
MEMBERS = {"manifest.json", "manifest.sha256", "nodes.jsonl", "ties.jsonl"}
LONGEST_LINE = 64 * 1024 * 1024
LONGEST_MANIFEST = 1024 * 1024
_FIELDS = {"nodes": {"number", "labels", "properties"}, "ties": {"start", "end", "type", "properties"}}
_SUM = 1 << 256
_BROKEN = (zlib.error, NotImplementedError, RuntimeError, OSError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Part:
    """What the manifest tells of a member: its lines, its bytes, the SHA-256 of it, and a hash free of their order.

    ``content`` is the sum of the hashes of the lines, modulo 2^256: equal for equal graphs, in whatever order they
    are read.
    """

    count: int
    size: int
    sha256: str
    content: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup tells of itself.

    Attributes:
        format: of the file; a higher one is refused.
        schema: names and checksums of the migrations that the database had seen.
        one_moment: False if others wrote while it was made.
        parts: by ``nodes`` and ``ties``.
    """

    format: int
    graphcrm: str
    neo4j: str
    made_at: str
    one_moment: bool
    schema: dict[str, str]
    parts: dict[str, Part]


def content(parts: dict[str, Part]) -> dict[str, tuple[int, str]]:
    """What is equal for two equal graphs, whatever the order of their lines."""
    return {name: (part.count, part.content) for name, part in parts.items()}


@dataclass(slots=True)
class Tally:
    """Counts and hashes the lines of one part."""

    count: int = 0
    size: int = 0
    _sha: Any = field(default_factory=hashlib.sha256)
    _sum: int = 0

    def add(self, line: bytes) -> None:
        """One line, its end included."""
        self.count += 1
        self.size += len(line)
        self._sha.update(line)
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(line).digest())) % _SUM

    def part(self) -> Part:
        """All so far."""
        return Part(self.count, self.size, self._sha.hexdigest(), f"{self._sum:064x}")


def not_written(target: Path, error: OSError) -> FolderNotWritable:
    """The disk refused."""
    return FolderNotWritable(
        "The backup could not be written to {path}: {reason}.",
        mend="Free some space there, make the folder writable for you, or name another file.",
        path=target,
        reason=error.strerror or str(error),
    )


class Counting:
    """A sink that keeps nothing but counts and hashes: for a graph that is compared with a file."""

    def __init__(self, progress: Callable[[int], None] = lambda _: None) -> None:
        self._progress = progress
        self.start()

    def start(self) -> None:
        self.tallies = {kind: Tally() for kind in KINDS}

    def node(self, row: dict[str, Any]) -> None:
        self._add("nodes", row)

    def tie(self, row: dict[str, Any]) -> None:
        self._add("ties", row)

    def parts(self) -> dict[str, Part]:
        """By kind."""
        return {kind: tally.part() for kind, tally in self.tallies.items()}

    def _add(self, kind: str, row: dict[str, Any]) -> None:
        line, tally = to_line(row), self.tallies[kind]
        tally.add(line)
        self._keep(kind, line)
        if tally.count % 1_000 == 0:
            self._progress(sum(one.count for one in self.tallies.values()))

    def _keep(self, kind: str, line: bytes) -> None:
        pass


class Draft(Counting):
    """A backup that is being written, under a name of its own in the folder of the final one. Mode 0600."""

    def __init__(self, target: Path, progress: Callable[[int], None] = lambda _: None) -> None:
        self.target = target
        handle, name = tempfile.mkstemp(prefix=f".{target.name}-", suffix=".part", dir=target.parent)
        os.close(handle)
        self.path = Path(name)
        self._zip: zipfile.ZipFile | None = None
        self._member: IO[bytes] | None = None
        self._open: str | None = None
        super().__init__(progress)

    def start(self) -> None:
        self.close()
        with self._own_errors():
            self._zip = zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        super().start()

    def _keep(self, kind: str, line: bytes) -> None:
        with self._own_errors():
            self._turn_to(kind)
            assert self._member is not None
            self._member.write(line)

    @contextmanager
    def _own_errors(self) -> Iterator[None]:
        """The disk's errors, made ours at once: within a transaction they would pass for a broken connection."""
        try:
            yield
        except OSError as error:
            raise not_written(self.target, error) from error

    def _turn_to(self, kind: str | None) -> None:
        if self._open == kind:
            return
        if self._member is not None:
            self._member.close()
        assert self._zip is not None
        self._member = None if kind is None else self._zip.open(f"{kind}.jsonl", "w", force_zip64=True)
        self._open = kind

    def finish(self, manifest: Manifest) -> None:
        """Writes the manifest and brings all to the disk."""
        assert self._zip is not None
        for kind in KINDS:
            if self.tallies[kind].count == 0:
                self._turn_to(kind)
        self._turn_to(None)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        self._zip.writestr("manifest.json", text)
        self._zip.writestr("manifest.sha256", hashlib.sha256(text).hexdigest())
        self._zip.close()
        self._zip = None
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())

    def publish(self) -> None:
        """Gives it its final name, unless somebody made a file of that name meanwhile (FileExistsError)."""
        try:
            os.link(self.path, self.target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if self.target.exists():
                raise FileExistsError(17, "File exists", str(self.target)) from None
            self.path.rename(self.target)
        with suppress(OSError):  # Windows has no folders to open
            folder = os.open(self.target.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    def close(self) -> None:
        """Ends the writing, finished or not."""
        with suppress(OSError, ValueError):
            if self._member is not None:
                self._member.close()
        with suppress(OSError, ValueError):
            if self._zip is not None:
                self._zip.close()
        self._zip = self._member = self._open = None

    def discard(self) -> None:
        """Takes the draft away."""
        self.close()
        self.path.unlink(missing_ok=True)


class BackupFile:
    """A backup that is read. What it says is believed only after :meth:`check`; the file stays open between."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._stream = path.open("rb")
        except FileNotFoundError as error:
            raise NotFound("There is no file {path}.", path=path) from error
        except OSError as error:
            raise FolderNotWritable(
                "The file {path} cannot be read: {reason}.", path=path, reason=error.strerror or str(error)
            ) from error
        try:
            self._zip = zipfile.ZipFile(self._stream)
            self.manifest, self.hash = self._read_manifest()
        except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError, *_BROKEN) as error:
            self._stream.close()
            raise self.damaged() from error
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> BackupFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._stream.close()

    def damaged(self) -> InvalidInput:
        """The one sentence for every file that is not a whole backup."""
        return InvalidInput(
            "{path} is not a whole backup of graphcrm: it is damaged or something else; nothing was changed.",
            mend="Take another copy of it.",
            path=self.path,
        )

    def check(self, progress: Callable[[int], None] = lambda _: None) -> None:
        """Reads all of it and holds it against its hashes, counts and form.

        Raises:
            InvalidInput: it is not what was written.
        """
        for kind in KINDS:
            tally = Tally()
            nodes = self.manifest.parts["nodes"].count
            for line in self._lines(kind):
                tally.add(line)
                self._check_row(kind, line, nodes)
                if tally.count % 1_000 == 0:
                    progress(tally.count)
            if tally.part() != self.manifest.parts[kind]:
                raise self.damaged()

    def rows(self, kind: str) -> Iterator[dict[str, Any]]:
        """The rows of a checked file."""
        for line in self._lines(kind):
            yield json.loads(line)

    def _check_row(self, kind: str, line: bytes, nodes: int) -> None:
        try:
            row = json.loads(line)
            fits = row.keys() == _FIELDS[kind] and isinstance(row["properties"], dict)
            numbers = [row["number"]] if kind == "nodes" else [row["start"], row["end"]]
            fits = fits and all(type(number) is int and 0 <= number < nodes for number in numbers)
            if fits:
                for value in row["properties"].values():
                    if type(value) not in SAME:
                        decode(value)
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError) as error:
            raise self.damaged() from error
        if not fits:
            raise self.damaged()

    def _lines(self, kind: str) -> Iterator[bytes]:
        """The lines of a member, never more of them than the manifest tells."""
        left = self.manifest.parts[kind].size
        try:
            with self._zip.open(f"{kind}.jsonl") as member:
                while line := member.readline(LONGEST_LINE):
                    left -= len(line)
                    if left < 0 or not line.endswith(b"\n"):
                        raise self.damaged()
                    yield line
        except (zipfile.BadZipFile, EOFError, *_BROKEN) as error:
            raise self.damaged() from error

    def _read_manifest(self) -> tuple[Manifest, str]:
        infos = self._zip.infolist()
        by_name = {info.filename: info for info in infos}
        if by_name.keys() != MEMBERS or len(infos) != len(MEMBERS):
            raise self.damaged()
        if by_name["manifest.json"].file_size > LONGEST_MANIFEST or by_name["manifest.sha256"].file_size != 64:
            raise self.damaged()
        with self._zip.open("manifest.json") as member:
            text = member.read(LONGEST_MANIFEST)
        digest = hashlib.sha256(text).hexdigest()
        if self._zip.read("manifest.sha256").decode("ascii") != digest:
            raise self.damaged()
        told = json.loads(text)
        if told["format"] > FORMAT:
            raise InvalidInput(
                "{path} was made by a newer graphcrm ({version}); nothing was changed.",
                mend="Install that graphcrm or a later one.",
                path=self.path,
                version=told["graphcrm"],
            )
        parts = {kind: Part(**told["parts"][kind]) for kind in KINDS}
        if any(by_name[f"{kind}.jsonl"].file_size != parts[kind].size for kind in KINDS):
            raise self.damaged()
        return Manifest(**{**told, "parts": parts}), digest
