"""Neo4j's jars: pinned by hash in ``jars.lock``, fetched in parallel into the cache folder, checked at every start."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pooch
import requests

from graphcrm.database.local.filelock import FileLock
from graphcrm.errors import DownloadFailed, FolderNotWritable, HashMismatch, LocalServerError, NoSpace

Progress = Callable[[str, int, int], None]
"""Called with the stage (``check``, ``download``, ``start``), how much is done and how much there is (bytes or 0)."""

THREADS = 12
TIMEOUT = (10, 30)
"""Seconds to connect, and between two pieces of an answer."""
CHUNK = 1 << 14
"""Bytes of a piece. A piece that breaks off is lost, so it is small: a bad line shall not ask for much twice."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of ``jars.lock``."""

    coordinates: str
    sha256: str
    size: int

    @property
    def name(self) -> str:
        """The file's name, unique in the list."""
        _, artifact, *rest = self.coordinates.split(":")
        return "-".join([artifact, *rest]) + ".jar"

    @property
    def path(self) -> str:
        """Where a Maven repository keeps it, relative to the repository's address."""
        group, artifact, version, *_ = self.coordinates.split(":")
        return "/".join([*group.split("."), artifact, version, self.name])


def locked_jars(text: str | None = None) -> tuple[Jar, ...]:
    """The jars of ``jars.lock`` (or of ``text`` in its form), in its order."""
    if text is None:
        text = (files("graphcrm.database.local") / "jars.lock").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(Jar(coordinates, sha256, int(size)) for coordinates, sha256, size in rows)


def neo4j_version(jars: Iterable[Jar] | None = None) -> str:
    """The version of Neo4j that ``jars.lock`` pins, such as ``2026.08.1``."""
    wanted = "org.neo4j:neo4j:"
    return next(jar.coordinates for jar in jars or locked_jars() if jar.coordinates.startswith(wanted))[len(wanted) :]


def cache_folder(cache: Path, jars: Iterable[Jar] | None = None) -> Path:
    """The folder of the jars of a version (of ``jars.lock``, if none are given) below the user's cache folder."""
    return cache / f"neo4j-{neo4j_version(jars)}"


def ensure_jars(
    cache: Path,
    *,
    mirror: str | None = None,
    progress: Progress = lambda *_: None,
    jars: tuple[Jar, ...] | None = None,
) -> list[Path]:
    """The jars on disk, each with the right hash; those that are missing are fetched.

    Args:
        cache: the user's cache folder.
        mirror: base address of a Maven repository; None is Maven Central.
        progress: told how many bytes are there and how many are needed.
        jars: what to fetch; None is ``jars.lock``.

    Raises:
        DownloadFailed, HashMismatch, NoSpace, FolderNotWritable. What was fetched is kept, and half a file goes on
        where it stopped.
    """
    jars = jars or locked_jars()
    folder = cache_folder(cache, jars)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / "download.lock")
        if not lock.acquire(wait=600):
            raise DownloadFailed(
                "Another process has been fetching Neo4j into {folder} for ten minutes.",
                mend="Wait for it or end it, then start again.",
                folder=folder,
            )
    except OSError as error:
        raise folder_refused(folder, error) from error
    try:
        missing = _verify(folder, jars, progress)
        if missing:
            _fetch_all(folder, missing, mirror, _Count(progress, jars, missing, folder))
    finally:
        lock.release()
    return [folder / jar.name for jar in jars]


def _verify(folder: Path, jars: tuple[Jar, ...], progress: Progress) -> list[Jar]:
    """The jars that are not there yet.

    Raises:
        HashMismatch: one is there and is not the pinned one. It is not silently replaced: somebody may have changed it.
    """

    def check(jar: Jar) -> Jar | None:
        path = folder / jar.name
        if not path.exists():
            return jar
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256:
                return None
        raise HashMismatch(
            "The file {path} is not the one that graphcrm was released with; Neo4j was not started.",
            mend="Delete it and start again: it will be fetched anew. If you did not change it, find out who did.",
            path=path,
        )

    progress("check", 0, len(jars))
    with ThreadPoolExecutor(4) as pool:
        missing = [jar for jar in pool.map(check, jars) if jar is not None]
    progress("check", len(jars), len(jars))
    return missing


class _Count:
    """Adds up the bytes of all threads and tells the user."""

    def __init__(self, progress: Progress, jars: tuple[Jar, ...], missing: list[Jar], folder: Path) -> None:
        self._progress = progress
        self.total = sum(jar.size for jar in jars)
        parts = (part.stat().st_size for jar in missing if (part := _part(folder / jar.name)).exists())
        self.done = self.total - sum(jar.size for jar in missing) + sum(parts)
        self.stop = threading.Event()
        self._lock = threading.Lock()

    def add(self, size: int) -> None:
        with self._lock:
            self.done += size
            self._progress("download", max(0, min(self.done, self.total)), self.total)


def _fetch_all(folder: Path, missing: list[Jar], mirror: str | None, count: _Count) -> None:
    pooch.get_logger().setLevel(logging.WARNING)  # it tells of every file, right through the progress bar
    base = (mirror or _maven_central()).rstrip("/")
    shelf = pooch.create(
        path=folder,
        base_url=f"{base}/",
        registry={jar.name: f"sha256:{jar.sha256}" for jar in missing},
        urls={jar.name: f"{base}/{jar.path}" for jar in missing},
        retry_if_failed=2,
    )
    count.add(0)
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="jars")
    try:
        # The largest first, so that no thread is left alone with one at the end.
        ordered = sorted(missing, key=lambda jar: -jar.size)
        tasks = {pool.submit(_fetch, shelf, jar, folder, count): jar for jar in ordered}
        done, _ = wait(tasks, return_when=FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        count.stop.set()  # also on Ctrl-C: the other threads end after their piece, and keep it
        pool.shutdown(wait=True, cancel_futures=True)


def _fetch(shelf: pooch.Pooch, jar: Jar, folder: Path, count: _Count) -> None:
    try:
        shelf.fetch(jar.name, downloader=_Resuming(folder / jar.name, count))
    except _Stopped:
        return
    except ValueError as error:
        raise HashMismatch(
            "What the repository sent for {name} is not the file that graphcrm was released with; it was thrown away.",
            mend="Start again; if it goes on, the repository or somebody between it and you changes files.",
            name=jar.name,
        ) from error
    except requests.RequestException as error:
        raise _no_download(jar, error) from error
    except OSError as error:
        raise folder_refused(folder, error) from error


class _Stopped(Exception):
    """Another thread failed or the user pressed Ctrl-C."""


class _Resuming:
    """A downloader for pooch that goes on where an earlier one stopped, with a ``.part`` file beside the target."""

    def __init__(self, target: Path, count: _Count) -> None:
        self._part = _part(target)
        self._count = count

    def __call__(self, url: str, output_file: Any, _: object, check_only: bool = False) -> None:
        have = self._part.stat().st_size if self._part.exists() else 0
        headers = {"Range": f"bytes={have}-"} if have else {}
        with requests.get(url, stream=True, timeout=TIMEOUT, headers=headers) as answer:
            if answer.status_code == requests.codes.requested_range_not_satisfiable:
                # The part is the whole file (or longer): let the hash decide.
                self._hand_over(Path(output_file))
                return
            answer.raise_for_status()
            goes_on = answer.status_code == requests.codes.partial_content
            if not goes_on:
                self._count.add(-have)
            with self._part.open("ab" if goes_on else "wb") as part:
                for chunk in answer.iter_content(CHUNK):
                    part.write(chunk)
                    self._count.add(len(chunk))
                    if self._count.stop.is_set():
                        raise _Stopped
        self._hand_over(Path(output_file))

    def _hand_over(self, output_file: Path) -> None:
        os.replace(self._part, output_file)


def _part(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _maven_central() -> str:
    from jgo.constants import MAVEN_CENTRAL_URL  # jgo is slow to import, and needed only when something is missing

    return str(MAVEN_CENTRAL_URL)


def _no_download(jar: Jar, error: requests.RequestException) -> DownloadFailed:
    answer = getattr(error, "response", None)
    if answer is not None:
        return DownloadFailed(
            "Neo4j could not be fetched: the repository answered {status} for {name}.",
            mend="Try again later, or name another repository in GRAPHCRM_MAVEN_MIRROR.",
            status=answer.status_code,
            name=jar.name,
        )
    return DownloadFailed(
        "Neo4j could not be fetched: the connection to the repository failed at {name}.",
        mend="Check the network and start again (what was fetched is kept), or name a mirror in GRAPHCRM_MAVEN_MIRROR.",
        name=jar.name,
    )


def folder_refused(folder: Path, error: OSError) -> LocalServerError:
    """The error for a folder that cannot be written, or whose disk is full."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoSpace(
            "The disk that holds {folder} is full.",
            mend="Free some space and start again; nothing was lost.",
            folder=folder,
        )
    return FolderNotWritable(
        "The folder {folder} cannot be written ({reason}).",
        mend="Make it writable for you, or choose another with GRAPHCRM_DATA (data) or GRAPHCRM_CACHE (cache).",
        folder=folder,
        reason=error.strerror or str(error),
    )
