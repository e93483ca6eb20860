"""The settings file that the local Neo4j is given, and the flags of its Java machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much memory Neo4j may take, as Java writes it (``768m``)."""

    heap: str
    page_cache: str


def jvm_flags(sizes: Sizes) -> list[str]:
    """The flags of the Java machine that is the server. Signals are Python's, standard output is for its answers."""
    quiet = ["-Xlog:disable", "-Xlog:all=error:stderr", "-XX:+DisplayVMOutputToStderr"]
    return [*tool_flags(sizes.heap), "-Xrs", *quiet]


def tool_flags(heap: str) -> list[str]:
    """The flags of every Java machine: a small collector for a small machine, and the doors that Neo4j needs open."""
    return [
        f"-Xmx{heap}",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",  # no file in the common temporary folder that tells others of this process
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
    ]


def neo4j_settings(home: Path, port: int, sizes: Sizes) -> dict[str, str]:
    """Neo4j's settings. Loopback only, no files and no addresses for LOAD CSV, no query text in any log.

    A name that Neo4j does not know makes it refuse to start, so a later version cannot drop one in silence.
    """
    closed = home / "closed"  # an empty folder of our own: nothing to import, no plugin to load
    return {
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        # The password is random and long: a short pause after wrong ones is enough, and keeps nobody out for long.
        "dbms.security.auth_lock_time": "1s",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
        "server.directories.import": str(closed),
        "server.directories.plugins": str(closed),
        "db.transaction.timeout": "10s",
        "db.transaction.monitor.check.interval": "500ms",
        "db.memory.transaction.max": "128m",
        "dbms.memory.transaction.total.max": "256m",
        "server.memory.pagecache.size": sizes.page_cache,
        "db.logs.query.enabled": "OFF",
        "dbms.usage_report.enabled": "false",
        # Laptops: no 256 MB log file for an empty store, and old logs go.
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "32m",
        "db.tx_log.rotation.retention_policy": "2 days 256M",
        # Nobody else uses this server: when it is told to stop, it need not wait for late visitors (5 s by default).
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
        "internal.dbms.bolt.netty_server_shutdown_timeout": "3s",
        "server.config.strict_validation.enabled": "true",
    }


def write_settings(home: Path, settings: dict[str, str]) -> Path:
    """The settings as a file in Neo4j's home; returns its path."""
    (home / "closed").mkdir(exist_ok=True, mode=0o700)
    path = home / "neo4j.conf"
    # Java's properties files take the backslash for an escape.
    lines = (f"{name}={value.replace(chr(92), '/')}\n" for name, value in settings.items())
    path.write_text("".join(lines), "utf-8")
    path.chmod(0o600)
    return path
