"""What the parent process tells the one that is to be Neo4j."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """What the parent wants: where the data and the jars are, which version, port (0: any free one) and memory."""

    data: str
    jars: tuple[str, ...]
    version: str
    port: int
    heap: str
    page_cache: str
    parent: int | None = None
    """The pid whose end ends this process; None for a server that stays when its parent goes."""
    quick_start: str | None = None
    """Java's cache for a quick start, if there is one."""
    record: str | None = None
    """Where Java shall write such a cache when the server has stopped; None for no such thing."""

    def to_json(self) -> str:
        """One line for the child's standard input."""
        return json.dumps(asdict(self))
