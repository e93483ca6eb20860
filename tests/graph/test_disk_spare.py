"""The room kept free on the disk of the local database (faults.md, disk full): saves stop before Neo4j would."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.offline import tool
from graphcrm.bootstrap import bundled, open_app
from graphcrm.config import Settings
from graphcrm.database.local.jars import ensure_jars
from graphcrm.database.migrations import migrate
from graphcrm.domain.viewer import OWNER
from graphcrm.errors import DatabaseError, NoSpace
from graphcrm.services import editing
from graphcrm.services.editing import RowEdit, save_edits
from graphcrm.services.importing import import_folder

MEGABYTE = 1024**2
CLIENT = [RowEdit("Organization", "nordwerft", {"name": "Nordwerft", "kinds": ["client"]})]
FILL = "CREATE (:Drop {id: $id, bytes: $bytes})"
FOUND = "MATCH (d:Drop) RETURN d.id AS id, size(d.bytes) AS size"


def changed(settings: Settings, **values: object) -> Settings:
    return settings.model_copy(update=values)


@pytest.mark.slow
def test_saves_and_imports_are_refused_reads_go_on_and_the_same_save_works_later(own_settings, new_server, tmp_path):
    """The guard is moved above what is free, in place of filling the disk of whoever runs the tests."""
    new_server(own_settings).start()
    full = changed(own_settings, disk_spare="1000000g")
    with open_app(own_settings) as roomy, open_app(full) as cramped:
        migrate(roomy.database)
        with pytest.raises(NoSpace) as refused:
            save_edits(cramped.database, OWNER, CLIENT, key="one")
        said = str(refused.value)
        assert said.startswith(f"Nothing is saved now: the disk of {own_settings.data / 'neo4j'} has only ")
        assert said.endswith("reading goes on. GRAPHCRM_DISK_SPARE sets how much is kept.")
        with pytest.raises(NoSpace):
            import_folder(cramped.database, OWNER, bundled("seed"))
        assert cramped.database.read("MATCH (n:Entity) RETURN count(n) AS n")[0]["n"] == 0
        assert migrate(cramped.database) == []  # graphcrm up starts all the same

        first = save_edits(roomy.database, OWNER, CLIENT, key="one")
        assert dict(editing.record(cramped.database, OWNER, "nordwerft").values)["name"] == "Nordwerft"
        assert save_edits(roomy.database, OWNER, CLIENT, key="one").change_id == first.change_id

        # A server with an address of its own has its own disk, of which this computer knows nothing.
        named = {"neo4j_uri": roomy.database.address, "neo4j_password": (own_settings.data / "password").read_text()}
        far = Settings(**{**full.model_dump(), **{key: value.strip() for key, value in named.items()}})
        with open_app(far) as elsewhere:
            assert save_edits(
                elsewhere.database, OWNER, [RowEdit("Person", "p", {"name": "Anna"})], key="two"
            ).change_id

    code, said = graphcrm(full, "import", str(bundled("seed")))
    assert code != 0
    assert "Nothing is saved now: the disk of" in said
    code, said = graphcrm(full, "db", "status")
    assert (code, "so no changes are saved" in said) == (0, True)
    assert "changes are saved down to 512 MB" in graphcrm(own_settings, "db", "status")[1]


@pytest.mark.slow
def test_a_disk_that_fills_up_ends_saves_and_nothing_else(own_settings, new_server, tmp_path):
    """Written until it is refused: on a small disk of its own, or down to a bound on ours where none can be mounted."""
    ensure_jars(own_settings.cache)
    with small_disk(tmp_path) as (folder, spare):
        settings = changed(own_settings, data=folder / "data", disk_spare=f"{spare // 1024}k")
        filler = folder / "filler"
        server = new_server(settings)
        server.start()
        pid = server.status().pid
        with open_app(settings) as app:
            filler.write_bytes(b"x" * 24 * MEGABYTE)
            acknowledged = written_until_refused(app.database)
            assert len(acknowledged) > 5
            assert shutil.disk_usage(folder).free < spare + 8 * MEGABYTE
            for _ in range(20):  # none slips through
                with pytest.raises(NoSpace):
                    app.database.write(FILL, {"id": "refused", "bytes": b"no"})
            assert {row["id"]: row["size"] for row in app.database.read(FOUND)} == acknowledged
            filler.unlink()
            acknowledged |= written_until_refused(app.database, name="after", most=3)
        assert server.status().pid == pid, "Neo4j ended on its own"
        assert server.stop()
        tool(settings.data / "neo4j", "database", "check", "neo4j", f"--report-path={tmp_path}")
        server.start()
        with open_app(settings) as app:
            assert {row["id"]: row["size"] for row in app.database.read(FOUND)} == acknowledged
        assert server.stop()


def written_until_refused(database, name: str = "drop", most: int = 1000) -> dict[str, int]:
    """Writes of 2 MB until the guard refuses; the sizes of those that were acknowledged, by id."""
    done: dict[str, int] = {}
    while len(done) < most:
        drop = {"id": f"{name}-{len(done)}", "bytes": os.urandom(2 * MEGABYTE)}
        try:
            database.write(FILL, drop)
        except NoSpace:
            break
        except DatabaseError as error:
            pytest.fail(f"Neo4j met the end of the disk before the guard did: {error}")
        done[drop["id"]] = len(drop["bytes"])
    return done


@contextmanager
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A folder with little room, and the bytes that are to be kept free of it.

    Where this user may mount, it is a file system of 176 MB; elsewhere 100 MB of the common one are used, and a filler
    takes what somebody else gives back meanwhile.
    """
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=176m,mode=0700", "tmpfs", str(folder)]
    mounted = bool(shutil.which("mount")) and not subprocess.run(command, capture_output=True, check=False).returncode
    print("on a small disk of its own" if mounted else "on the common disk: mounting is not allowed here")
    try:
        yield folder, 64 * MEGABYTE if mounted else shutil.disk_usage(folder).free - 100 * MEGABYTE
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)  # a server that fails the test still holds it


def graphcrm(settings: Settings, *arguments: str) -> tuple[int, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPHCRM_"))}
    given = {"GRAPHCRM_DATA": str(settings.data), "GRAPHCRM_DISK_SPARE": settings.disk_spare}
    ran = subprocess.run(
        [sys.executable, "-m", "graphcrm", *arguments],
        env={**kept, **given, "GRAPHCRM_LANGUAGE": "en", "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr
