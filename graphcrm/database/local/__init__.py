"""Neo4j Community on this computer without Docker, Java or Maven: fetched once, run by a small child process."""

from graphcrm.database.local.server import Endpoint, LocalServer, Status

__all__ = ["Endpoint", "LocalServer", "Status"]
