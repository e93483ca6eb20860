"""The data folder: what lies where, and that nobody else on the computer can read it.

DATA/
├── neo4j/           Neo4j's home: the store, its logs, its settings
├── password         of the user neo4j, random, mode 0600
├── store-version    the newest Neo4j that has opened the store
├── server.lock      held by the running server; tells its pid and address
├── server.log       what the server's process said
├── java-crash.log   what Java left when it ended itself, which it should not
├── loading/         a store that a first load is making; gone when it ends
├── before/          the empty store that it takes the place of, until the new one has been found good
└── stop             made to ask the server to stop
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from graphcrm.database.local.filelock import FileLock
from graphcrm.database.local.jars import folder_refused
from graphcrm.errors import NoSpace, StoreTooNew

LEAST_SPACE = 48 * 1024 * 1024
"""Bytes that must be free before Neo4j is started: with less it may not even be able to recover its store."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One data folder of the local server."""

    path: Path

    @property
    def home(self) -> Path:
        """Neo4j's own folder."""
        return self.path / "neo4j"

    @property
    def loading(self) -> Path:
        """Where a first load makes its store."""
        return self.path / "loading"

    @property
    def before(self) -> Path:
        """Where the empty store waits meanwhile."""
        return self.path / "before"

    @property
    def log(self) -> Path:
        """What the child process wrote on its standard error."""
        return self.path / "server.log"

    @property
    def stop_request(self) -> Path:
        """A file whose appearance asks the server to stop; signals are not the same on every system."""
        return self.path / "stop"

    @property
    def lock(self) -> FileLock:
        """The lock that the running server holds."""
        return FileLock(self.path / "server.lock")

    def prepare(self) -> list[str]:
        """Makes the folder private and checks it. Returns sentences about what had to be put right.

        Raises:
            FolderNotWritable, NoSpace
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.home.mkdir(exist_ok=True, mode=0o700)
            warnings = [self._make_private(path, mode) for path, mode in self._private()]
            probe = self.path / ".writable"
            probe.write_bytes(b"x")
            probe.unlink()
            free = _free_bytes(self.path)
        except OSError as error:
            raise folder_refused(self.path, error) from error
        if free < LEAST_SPACE:
            raise NoSpace(
                "There are only {free} MB left on the disk that holds {folder}; Neo4j was not started.",
                mend="Free some space and start again; nothing was lost.",
                free=free // 1024**2,
                folder=self.path,
            )
        return [warning for warning in warnings if warning]

    def password(self) -> str:
        """The password of the user neo4j, made up on first use.

        Raises:
            FolderNotWritable, NoSpace
        """
        file = self.path / "password"
        try:
            if file.exists() and (known := file.read_text("ascii").strip()):
                return known
            fresh = secrets.token_urlsafe(24)
            draft = file.with_name("password.new")
            draft.unlink(missing_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as writer:
                writer.write(fresh + "\n")
            os.replace(draft, file)
        except OSError as error:
            raise folder_refused(self.path, error) from error
        return fresh

    def check_version(self, program: str) -> None:
        """Refuses a store that a newer Neo4j has opened, before this one touches it.

        Raises:
            StoreTooNew
        """
        file = self.path / "store-version"
        if not file.exists():
            return
        store = file.read_text("ascii").strip()
        if version_key(store) > version_key(program):
            raise StoreTooNew(
                "The data in {folder} were written by Neo4j {store}, newer than the {program} of this graphcrm.",
                mend="Install the newer graphcrm again, or choose another folder with --data; nothing was touched.",
                folder=self.path,
                store=store,
                program=program,
            )

    def record_version(self, program: str) -> None:
        """Writes down that this Neo4j is about to open the store: from then on an older one must not."""
        draft = self.path / "store-version.new"
        draft.write_text(program + "\n", "ascii")
        os.replace(draft, self.path / "store-version")

    def size(self) -> int:
        """Bytes that the folder takes on disk."""
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())

    def log_tail(self, lines: int = 5, since: int = 0) -> str:
        """The last lines that the child's log holds behind byte ``since``, as one."""
        if not self.log.exists():
            return ""
        text = self.log.read_bytes()[since:].decode("utf-8", errors="replace").splitlines()
        return " | ".join(line.strip() for line in text[-lines:] if line.strip())

    def _private(self) -> list[tuple[Path, int]]:
        named = [(self.path, 0o700), (self.home, 0o700)]
        files = ("password", "server.log", "server.lock", "store-version")
        return named + [(self.path / name, 0o600) for name in files if (self.path / name).exists()]

    @staticmethod
    def _make_private(path: Path, mode: int) -> str:
        if os.name != "posix":
            return ""  # Windows keeps a user's folders to the user
        found = stat.S_IMODE(path.stat().st_mode)
        if not found & 0o077:
            return ""
        path.chmod(mode)
        return f"{path} could be read by other users of this computer (mode {found:04o}); it is private now."


def version_key(version: str) -> tuple[int, ...]:
    """``2026.08.1`` as ``(2026, 8, 1)``, so that versions compare as Neo4j means them."""
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in version.split("."))


def _free_bytes(path: Path) -> int:
    return shutil.disk_usage(path).free
