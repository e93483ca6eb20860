"""Import from CSV, end to end with all checks, beside a transaction for each row, plain ``UNWIND`` and neomodel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.clientele import write_folder
from bench.graph import Emptied, NewServer, digest, empty, own_server
from bench.harness import Contender, Line, Report, Say, Timed, agree, faster, interleave, ratio
from bench.peer_neomodel import by_neomodel
from bench.peers import by_row, by_unwind
from graphcrm.database.connection import Database
from graphcrm.database.local import Endpoint
from graphcrm.domain.viewer import OWNER
from graphcrm.services.importing import import_folder

SIZES = (1_000, 10_000, 100_000)
SLOW_SIZE = 1_000
"""The peers that write row by row are measured on so many people; their rate holds for the larger sizes too."""
LARGE = 100_000
"""From here on each run has a server of its own."""
WARM_SIZE = 2_000
REPEATS = 9
"""Below ``LARGE``. The server knows the texts of raw ``UNWIND`` by then: row by row they came thousands of times."""


def run(work: Path, most: int, say: Say) -> Report:
    """All sizes up to ``most`` people."""
    report = Report("import", "Import from CSV, end to end with all checks")
    sizes = tuple(size for size in SIZES if size <= most) or (most,)
    slow_size = min(SLOW_SIZE, most)
    folders = {size: write_folder(work / f"csv-{size}", size) for size in {*sizes, slow_size}}
    with own_server(work / "import") as (db, endpoint):
        slow = _slow(db, endpoint, folders[slow_size], say)
        for size in [size for size in sizes if size < LARGE]:
            say(f"import: {size:,} people")
            found = interleave(_fast(Emptied(db, endpoint), folders[size]), REPEATS)
            agree({name: one.answer for name, one in found.items()} | (slow["answers"] if size == slow_size else {}))
            report.lines += _lines(size, found, slow)
    for size in [size for size in sizes if size >= LARGE]:
        say(f"import: {size:,} people")
        warm = warmed_up(write_folder(work / f"csv-warm-{size}", WARM_SIZE))
        with NewServer(work / f"import-{size}", warm) as server:
            found = interleave(_fast(server, folders[size]), 1)
        agree({name: one.answer for name, one in found.items()})
        report.lines += _lines(size, found, slow)
    report.remarks = _remarks(slow_size)
    return report


def warmed_up(folder: Path) -> Callable[[Database, Endpoint], None]:
    """Both ways of a small import, twice, so that the server has compiled what it runs."""

    def warm_up(db: Database, endpoint: Endpoint) -> None:
        for _ in range(2):
            import_folder(db, OWNER, folder)
            empty(db)
            by_unwind(endpoint, folder)
            empty(db)

    return warm_up


def _fast(server: Emptied | NewServer, folder: Path) -> list[Contender]:
    return [
        Contender(
            "graphcrm",
            lambda _: import_folder(server.database, OWNER, folder),
            server,
            lambda _: digest(server.database),
        ),
        Contender("unwind", lambda _: by_unwind(server.endpoint, folder), server, lambda _: digest(server.database)),
    ]


def _slow(db: Database, endpoint: Endpoint, folder: Path, say: Say) -> dict[str, Any]:
    """(seconds on the wall, seconds of work) per row of the peers that write row by row, and their answers."""
    say("import: row by row, and neomodel")
    warmed_up(folder)(db, endpoint)
    found = interleave(
        [
            Contender("rows", lambda _: by_row(endpoint, folder), lambda: empty(db), lambda _: digest(db)),
            Contender("neomodel", lambda _: by_neomodel(endpoint, folder), lambda: empty(db), lambda _: digest(db)),
        ],
        1,
    )
    count = found["rows"].answer["nodes"] + found["rows"].answer["ties"]
    answers = {name: one.answer for name, one in found.items()}
    return {"answers": answers} | {name: (one.median / count, one.work / count) for name, one in found.items()}


def _lines(size: int, found: dict[str, Timed], slow: dict[str, Any]) -> list[Line]:
    ours, unwind = found["graphcrm"], found["unwind"]
    rows = ours.answer["nodes"] + ours.answer["ties"]
    text = f"{size:,} people, {rows:,} rows"
    by_work = unwind.work / ours.work
    return [
        Line(text, "raw `UNWIND`, batches of 5,000", ours.both(), unwind.both(),
             f"{ratio(ours, unwind):.2f} of its speed ({by_work:.2f} by work)", "0.8", ratio(ours, unwind) >= 0.8),
        _beside(text, "neomodel", ours, [rows * one for one in slow["neomodel"]], 10),
        _beside(text, "one transaction per row", ours, [rows * one for one in slow["rows"]], 100),
    ]  # fmt: skip


def _beside(text: str, name: str, ours: Timed, theirs: list[float], aim: float) -> Line:
    """``theirs``: seconds on the wall, seconds of work."""
    wall, work = theirs
    peer = Timed(name, (wall,), (work,), None)
    return Line(text, name, ours.both(), peer.both(), faster(ours, peer), f"{aim:g} x", ratio(ours, peer) >= aim)


def _remarks(slow_size: int) -> list[str]:
    return [
        f"One transaction per row and neomodel are timed on {slow_size:,} people; at larger sizes their time is that "
        "rate times the rows. All four are timed from the files to the last commit, in turn; up to 10,000 people on "
        "one server, above on a new one each, warmed up by small imports.",
        "Compared: the hash of all nodes (id, kind, properties) and ties (type, ends, properties). The peers check "
        "nothing and set no labels of roles; graphcrm checks every cell and reference first, and may be run again.",
    ]
