"""Import from CSV, end to end with all checks, beside a transaction for each row, plain ``UNWIND`` and neomodel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.clientele import write_folder
from bench.graph import digest, empty, own_server
from bench.harness import Contender, Line, Report, Say, Timed, agree, faster, interleave, seconds
from bench.peer_neomodel import by_neomodel
from bench.peers import by_row, by_unwind
from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import import_folder

SIZES = (1_000, 10_000, 100_000)
SLOW_SIZE = 1_000
"""The peers that write row by row are measured on so many people; their rate holds for the larger sizes too."""


def run(work: Path, most: int, say: Say) -> Report:
    """All sizes up to ``most`` people."""
    report = Report("import", "Import from CSV, end to end with all checks")
    with own_server(work / "import") as (db, endpoint):
        slow_size = min(SLOW_SIZE, most)
        folders = {size: write_folder(work / f"csv-{size}", size) for size in {*_sizes(most), slow_size}}
        slow = _slow(db, endpoint, folders[slow_size], say)
        for size in _sizes(most):
            say(f"import: {size:,} people")
            found = _fast(db, endpoint, folders[size], 3 if size < 100_000 else 2)
            content = found["graphcrm"].answer
            agree({name: one.answer for name, one in found.items()} | (slow["answers"] if size == slow_size else {}))
            rows = content["nodes"] + content["ties"]
            report.lines += _lines(f"{size:,} people, {rows:,} rows", rows, found, slow)
    report.remarks = _remarks(slow_size)
    return report


def _sizes(most: int) -> tuple[int, ...]:
    return tuple(size for size in SIZES if size <= most) or (most,)


def _fast(db: Database, endpoint: Endpoint, folder: Path, repeats: int) -> dict[str, Any]:
    return interleave(
        [
            Contender("graphcrm", lambda _: import_folder(db, OWNER, folder), lambda: empty(db), lambda _: digest(db)),
            Contender("unwind", lambda _: by_unwind(endpoint, folder), lambda: empty(db), lambda _: digest(db)),
        ],
        repeats,
    )


def _slow(db: Database, endpoint: Endpoint, folder: Path, say: Say) -> dict[str, Any]:
    """Seconds of work per row of the peers that write row by row, and their answers. Warms the server up."""
    say("import: row by row, and neomodel")
    _fast(db, endpoint, folder, 1)
    found = interleave(
        [
            Contender("rows", lambda _: by_row(endpoint, folder), lambda: empty(db), lambda _: digest(db)),
            Contender("neomodel", lambda _: by_neomodel(endpoint, folder), lambda: empty(db), lambda _: digest(db)),
        ],
        1,
    )
    count = found["rows"].answer["nodes"] + found["rows"].answer["ties"]
    answers = {name: one.answer for name, one in found.items()}
    return {"answers": answers} | {name: one.work / count for name, one in found.items()}


def _lines(size: str, rows: int, found: dict[str, Timed], slow: dict[str, Any]) -> list[Line]:
    ours, unwind = found["graphcrm"].work, found["unwind"].work
    by_rows, neomodel = rows * slow["rows"], rows * slow["neomodel"]
    mine = found["graphcrm"].both()
    return [
        Line(size, "raw `UNWIND`, batches of 5,000", mine, found["unwind"].both(), f"{unwind / ours:.2f} of its speed",
             "0.8", unwind / ours >= 0.8),
        Line(size, "neomodel", mine, f"{seconds(neomodel)} of work", faster(ours, neomodel), "10 x",
             neomodel / ours >= 10),
        Line(size, "one transaction per row", mine, f"{seconds(by_rows)} of work", faster(ours, by_rows), "100 x",
             by_rows / ours >= 100),
    ]  # fmt: skip


def _remarks(slow_size: int) -> list[str]:
    return [
        f"One transaction per row and neomodel are timed on {slow_size:,} people; at larger sizes their time is that "
        "rate times the rows. All four are timed from the files to the last commit, on one server, in turn.",
        "Compared: the hash of all nodes (id, kind, properties) and ties (type, ends, properties). The peers check "
        "nothing and set no labels of roles; graphcrm checks every cell and reference first, and may be run again.",
    ]
