"""Neo4j goes down in the middle of an import and comes back (faults.md, "Server restart during an import")."""

import contextlib
import os
import signal
from pathlib import Path

from graphcrm.config import Settings, load_settings
from graphcrm.database.connection import Database, connect
from graphcrm.database.local import LocalServer
from graphcrm.database.migrations import migrate
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import DatabaseError
from graphcrm.ingest import apply
from graphcrm.services.importing import import_folder
from tests.import_folder import graph_content, write_folder


def test_after_a_restart_at_half_way_the_graph_is_the_same(database: Database, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(apply, "BATCH", 5)  # many transactions, so that half of them are still to come
    folder = write_folder(tmp_path / "clientele", people=60)
    import_folder(database, OWNER, folder)
    undisturbed = graph_content(database)

    settings: Settings = load_settings(data=tmp_path / "own", bolt_port=0, heap="384m", neo4j_uri=None)
    server = LocalServer(settings)
    endpoint = server.start()
    try:
        with connect(endpoint.uri, endpoint.username, endpoint.password) as own:
            migrate(own)
            killed: list[int] = []

            def kill_at_half(done: int, total: int, phase: str) -> None:
                if phase == "ties" and not killed and done >= total / 2:
                    pid = server.status().pid
                    assert pid
                    killed.append(pid)
                    os.kill(pid, signal.SIGKILL)

            with contextlib.suppress(DatabaseError):  # it may say that Neo4j is gone, or outlast the pause
                import_folder(own, OWNER, folder, progress=kill_at_half)
            assert killed, "the import came to its middle"
            own.read("RETURN 1 AS one", timeout=90, patience=90)  # the watchdog has started Neo4j again
            import_folder(own, OWNER, folder)
            assert graph_content(own) == undisturbed
            assert import_folder(own, OWNER, folder).changed_nothing
    finally:
        server.stop()
