"""``python -m bench [NAMES] [--most PEOPLE] [--write]``: run benchmarks, print their tables, keep them in docs."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
from pathlib import Path

from bench.harness import machine, write_into
from graphcrm.database.local.jars import neo4j_version

MODULES = {
    "import": "imports",
    "again": "again",
    "first-load": "first_load",
    "graph-out": "graph_out",
    "pages": "pages",
    "paths": "paths",
    "layout": "layouts",
    "ranking": "ranking",
    "browser": "browser",
    "start": "start",
    "backup": "backups",
    "betweenness": "betweenness",
    "win": "key_players",
    "fragmentation": "fragmentation",
}
"""Name of a benchmark -> its module, in the order in which they run."""
PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; 1 when a benchmark failed."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "names", nargs="?", default=",".join(MODULES), help=f"of {', '.join(MODULES)}; all if not given"
    )
    parser.add_argument("--most", type=int, default=1_000_000, help="people in the largest clientele")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/benchmarks.md")
    parser.add_argument("--folder", type=Path, help="for the data; a temporary folder if not given")
    given, load = parser.parse_args(arguments), os.getloadavg()[0]
    names = [name for name in given.names.replace(" ", ",").split(",") if name]
    if unknown := [name for name in names if name not in MODULES]:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    for name in names:
        module = importlib.import_module(f"bench.{MODULES[name]}")
        with tempfile.TemporaryDirectory(prefix="graphcrm-bench-", dir=given.folder) as work:
            report = module.run(Path(work), given.most, _say)
        print(f"\n## {report.title}\n\n{report.markdown()}\n", flush=True)
        if given.write:
            write_into(PAGE, {report.name: report.markdown(), "machine": machine(neo4j_version(), load)})
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
